// @ts-check

/**
 * @param {import('./state.mjs').State} state @param {import('./fault.mjs').Fault} fault
 */
export function readiness(state, fault) {
  if (fault.kind !== 'unhealthy') return { status: 200, body: { status: 'ok' } };
  return { status: 503, body: { status: 'unhealthy', reason: `${state.root}/shared/fault says so` } };
}

/**
 * Readiness with everything that tells which release answers.
 * @param {import('./state.mjs').State} state @param {import('./fault.mjs').Fault} fault
 */
export function health(state, fault) {
  const { status, body } = readiness(state, fault);
  const { release, settings } = state;
  return {
    status,
    body: {
      ...body,
      system: release.system,
      version: fault.says || release.version,
      release: state.releaseName,
      environmentVersion: settings.environmentVersion,
      model: { file: release.modelFile, sha256: release.modelSha256 },
      settings: {
        topK: settings.portfolio.topK,
        minPositionSize: settings.portfolio.minPosition,
        maxDailyTurnover: settings.portfolio.maxTurnover,
        horizon: settings.horizon,
        rebalanceFrequency: settings.rebalance,
        transactionCostBps: settings.portfolio.costBps,
        requestsPerHour: settings.requestsPerHour,
      },
      startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
      uptimeSeconds: Math.round(process.uptime()),
    },
  };
}
