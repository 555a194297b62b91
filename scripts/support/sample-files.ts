import { sampleFeatureRows } from './sample-features.ts';
import { sampleFeatures, sampleModel } from './sample-model.ts';
import { samplePanel, sampleReturns } from './sample-panel.ts';
import { samplePredictionReturns, samplePredictions } from './sample-predictions.ts';

/** What `scripts/sample-data.ts` writes, by path from the root. */
export function sampleFiles(): Record<string, string | Uint8Array> {
  const returns = sampleReturns();
  return {
    'resources/packs/apex-ranker/data/panel.csv': samplePanel(),
    'resources/packs/apex-ranker/data/returns.csv': returns,
    'resources/packs/apex-ranker/data/backtest.yaml': backtest,
    'resources/packs/apex-ranker/data/apex.yaml': apex,
    'resources/packs/apex-ranker/data/features.csv': sampleFeatureRows(),
    'resources/packs/apex-ranker/models/features.json': `${JSON.stringify({ version: 'v0', count: sampleFeatures.length, features: sampleFeatures }, null, 2)}\n`,
    'resources/packs/apex-ranker/models/ranker.onnx': sampleModel(),
    'resources/packs/neural-trading/data/predictions.csv': samplePredictions(),
    'resources/packs/neural-trading/data/returns.csv': samplePredictionReturns(),
  };
}

const backtest = `# holdpoint backtest --panel panel.csv --config backtest.yaml
rebalance: monthly
top_k: 35
min_weight: 0.02
turnover_limit: 0.35
turnover_rule: replace # blending cannot keep 35 names of at least 2 % under this limit
fill: next-open
costs: apex
rules:
  - Sharpe ratio > 0.75
  - transaction cost < 30 %
`;

const apex = `# holdpoint backtest --panel panel.csv --config apex.yaml --compat apex
rebalance: monthly
top_k: 35
candidate_multiplier: 2
min_weight: 0.02
turnover_limit: 0.35
cost_penalty: 1
min_alpha: 0.1
capital: 10000000
`;
