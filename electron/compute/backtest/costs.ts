/** What a trade costs on one side, as data. Money is in the currency of the prices. */
export interface CostModel {
  /** The tier of a trade is the first whose `upTo` is not below its value; the last one has none. */
  commission: readonly CommissionTier[];
  slippage: Slippage | null;
  /** Of the value, for all the rest. */
  fixedBps: number;
}

export interface CommissionTier {
  upTo: number;
  rate: number;
  least: number;
  most: number;
}

/** Basis points that grow with the share a trade takes of the day's value. */
export interface Slippage {
  baseBps: number;
  bpsPerParticipation: number;
  mostFromParticipation: number;
  mostBps: number;
  /** Taken where the day's value is not known or zero. */
  unknownParticipation: number;
}

export const freeOfCost: CostModel = { commission: [], slippage: null, fixedBps: 0 };

/** Commission and slippage of APEX-Ranker, in yen per side. */
export const apexCosts: CostModel = {
  commission: [
    { upTo: 5e6, rate: 0.00055, least: 55, most: 550 },
    { upTo: 1e7, rate: 0.00033, least: 0, most: 1650 },
    { upTo: 2e7, rate: 0.00022, least: 0, most: 3300 },
    { upTo: Number.POSITIVE_INFINITY, rate: 0.00011, least: 0, most: 11_000 },
  ],
  slippage: {
    baseBps: 5,
    bpsPerParticipation: 100,
    mostFromParticipation: 15,
    mostBps: 20,
    unknownParticipation: 0.01,
  },
  fixedBps: 0,
};

export function commissionOf({ commission }: CostModel, value: number): number {
  for (let i = 0; i < commission.length; i += 1) {
    const tier = commission[i] as CommissionTier;
    if (value <= tier.upTo) return Math.min(Math.max(value * tier.rate, tier.least), tier.most);
  }
  return 0;
}

/** @param dayValue what was traded of this name on the day; NaN where unknown */
export function slippageOf({ slippage, fixedBps }: CostModel, value: number, dayValue: number): number {
  if (slippage === null) return (value * fixedBps) / 10_000;
  const participation = dayValue > 0 ? value / dayValue : slippage.unknownParticipation;
  const fromSize = Math.min(slippage.bpsPerParticipation * participation, slippage.mostFromParticipation);
  const bps = Math.min(slippage.baseBps + fromSize, slippage.mostBps) + fixedBps;
  return (value * bps) / 10_000;
}

export function costOf(model: CostModel, value: number, dayValue: number): number {
  return commissionOf(model, value) + slippageOf(model, value, dayValue);
}
