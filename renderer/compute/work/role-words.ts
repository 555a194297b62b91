import type { ComputeFile } from '../../../shared/contract/compute/index.ts';

export const roleWords: Record<ComputeFile['role'], string> = {
  model: 'model',
  panel: 'panel',
  returns: 'returns',
  predictions: 'predictions',
  table: 'table',
  'feature-list': 'feature list',
  golden: 'golden sample',
  'backtest-config': 'backtest configuration',
  'apex-config': 'APEX configuration',
  grid: 'grid',
  bundle: 'bundle',
};
