import type { TradeLog } from './log.ts';

/** A sale against the mean price that was paid. */
export interface ClosedTrade {
  date: number;
  code: number;
  /** In the currency of the prices, after the costs of buying and selling. */
  gain: number;
}

export function closedTrades(codes: number, log: TradeLog): ClosedTrade[] {
  const shares = new Float64Array(codes);
  const paid = new Float64Array(codes);
  const closed: ClosedTrade[] = [];
  for (const trade of log.rows()) {
    const { code } = trade;
    const cost = trade.commission + trade.slippage;
    const owned = shares[code] as number;
    if (trade.shares > 0) {
      shares[code] = owned + trade.shares;
      paid[code] = (paid[code] as number) + trade.shares * trade.price + cost;
      continue;
    }
    const sold = -trade.shares;
    const share = owned > 0 ? Math.min(1, sold / owned) : 1;
    const basis = (paid[code] as number) * share;
    closed.push({ date: trade.date, code, gain: sold * trade.price - cost - basis });
    shares[code] = Math.max(0, owned - sold);
    paid[code] = (paid[code] as number) - basis;
  }
  return closed;
}
