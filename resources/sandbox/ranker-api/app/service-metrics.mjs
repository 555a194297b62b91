// @ts-check
import { Metrics } from './metrics.mjs';

/** Every metric of this service, by what happens to it. */
export function serviceMetrics() {
  const metrics = new Metrics();
  let inProgress = 0;
  const startedAt = Date.now() / 1000 - process.uptime();

  const requests = metrics.counter('ranker_requests_total', 'Requests answered.');
  const duration = metrics.histogram(
    'ranker_request_duration_seconds',
    'Time from the head of the request to the end of the answer.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  metrics.measured('ranker_requests_in_progress', 'gauge', 'Requests being answered.', () => inProgress);
  const scores = metrics.histogram(
    'ranker_prediction_score',
    'Scores given out.',
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  );
  const predictions = metrics.counter('ranker_predictions_total', 'Answers with predictions.');
  const invalid = metrics.counter('ranker_invalid_scores_total', 'Scores given out that are no numbers.');
  const limited = metrics.counter('ranker_rate_limited_total', 'Requests refused because of a rate limit.');
  const refused = metrics.counter('ranker_refused_keys_total', 'Requests refused because of the key.');
  const model = metrics.gauge('ranker_model_info', 'The model in use; always 1.');
  const loaded = metrics.gauge('ranker_model_loaded_timestamp_seconds', 'When the model was loaded.');
  const names = metrics.gauge('ranker_portfolio_names', 'Names in the last portfolio given out.');
  const turnover = metrics.gauge('ranker_portfolio_turnover', 'Turnover of the last portfolio given out.');
  const cost = metrics.gauge('ranker_portfolio_cost_bps', 'Cost of the last portfolio given out.');
  metrics.measured('process_start_time_seconds', 'gauge', 'Start of the process.', () => startedAt);
  metrics.measured('process_uptime_seconds', 'gauge', 'Age of the process.', () => process.uptime());
  metrics.measured('process_cpu_seconds_total', 'counter', 'Processor time used.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  metrics.measured('process_resident_memory_bytes', 'gauge', 'Memory in use.', () =>
    process.memoryUsage.rss(),
  );

  return {
    text: () => metrics.text(),
    begun: () => {
      inProgress += 1;
    },
    /** @param {string} method @param {string} path @param {number} status @param {number} seconds */
    ended: (method, path, status, seconds) => {
      inProgress -= 1;
      requests({ method, path, status: String(status) });
      duration(seconds, { path });
    },
    /** @param {readonly number[]} given */
    predicted: (given) => {
      predictions();
      for (const score of given) {
        if (Number.isFinite(score)) scores(score);
        else invalid();
      }
    },
    /** @param {'user' | 'global'} scope */
    limited: (scope) => limited({ scope }),
    /** @param {'absent' | 'unknown'} reason */
    refused: (reason) => refused({ reason }),
    /** @param {import('./release.mjs').Release} release */
    loaded: ({ system, version, modelFile, modelSha256 }) => {
      model(1, { system, version, model: modelFile, sha256: modelSha256 });
      loaded(Date.now() / 1000);
    },
    /** @param {{ names: number, turnover: number, costBps: number }} portfolio */
    portfolio: (portfolio) => {
      names(portfolio.names);
      turnover(portfolio.turnover);
      cost(portfolio.costBps);
    },
  };
}
/** @typedef {ReturnType<typeof serviceMetrics>} ServiceMetrics */
