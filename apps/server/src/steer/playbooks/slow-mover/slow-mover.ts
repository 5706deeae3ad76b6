// Which SKUs to mark down, by how much, which to leave alone for comparison, and what to expect. Pure.
import type { playbooks as contract } from '@tongshang/contract';
import { allocate, roundHalfUp, shareOf, taxWithin } from '../../../platform/money.ts';
import type { Range, SlowMoverAssumptions, SlowMoverExpected, SlowMoverProposal } from '../decision.ts';
import { randomFrom, shuffle } from '../random.ts';

export type Exclusion = (typeof contract.exclusions)[number];
type ArmName = 'treated' | 'control' | 'dropped';

export interface Candidate {
  sku: string;
  name: string;
  nameEn: string;
  category: string;
  available: number;
  /** Units a day over the history. */
  dailyUnits: number;
  oldPriceFen: number;
  floorFen: number;
  unitCostFen: number;
  taxRateBp: number;
}

export interface ArmRow extends Candidate {
  arm: ArmName;
  newPriceFen: number | null;
}

/** Sold ÷ (sold + still there), basis points. */
export const sellThroughBp = (sold: number, available: number): number =>
  sold + available <= 0 ? 0 : Math.round((Math.max(0, sold) * 10_000) / (Math.max(0, sold) + available));

/** The first part of a category path: the group that is decided together. */
export const rootOf = (category: string): string => category.split('/')[0] ?? category;

/**
 * The marked-down price: list less the depth, down to a whole 0.1 yuan, but never under the floor (up to a whole 0.1 yuan). Undefined
 * when the floor leaves less than the smallest depth worth an experiment.
 */
export function markdownPrice(
  { oldPriceFen, floorFen }: Pick<Candidate, 'oldPriceFen' | 'floorFen'>,
  { depthBp, depthMinimumBp }: { depthBp: number; depthMinimumBp: number },
): number | undefined {
  const wanted = Math.floor((oldPriceFen - shareOf(oldPriceFen, depthBp)) / 10) * 10;
  const price = Math.max(wanted, Math.ceil(floorFen / 10) * 10);
  const isDeepEnough = price <= oldPriceFen - shareOf(oldPriceFen, Math.min(depthBp, depthMinimumBp));
  return isDeepEnough && price > 0 && price < oldPriceFen ? price : undefined; // a tenth of a yuan has no lower step
}

/**
 * Splits SKUs into a treated and a control group at random, stratified by category: each category gives its proportional share. The same
 * seed and SKUs give the same split. Both groups have at least two SKUs when there are four or more.
 */
export function assignArms<T extends { sku: string; category: string }>(
  candidates: readonly T[],
  { seed, treatedShareBp }: { seed: number; treatedShareBp: number },
): { treated: T[]; control: T[] } {
  const random = randomFrom(seed);
  const sorted = candidates.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const strata = [...Map.groupBy(sorted, (candidate) => candidate.category).entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const total = Math.min(Math.max(Math.round((sorted.length * treatedShareBp) / 10_000), 2), Math.max(sorted.length - 2, 0));
  const mixed = shuffle(strata, random); // who gets the odd one is drawn too
  const shares = allocate(
    total,
    mixed.map(([, members]) => members.length),
  );
  const treated: T[] = [];
  const control: T[] = [];
  for (const [index, [, members]] of mixed.entries()) {
    const drawn = shuffle(members, random);
    treated.push(...drawn.slice(0, shares[index]));
    control.push(...drawn.slice(shares[index]));
  }
  return { treated, control };
}

/** What one unit earns at a price: without VAT, less cost, fen. */
export const unitMargin = (priceFen: number, { taxRateBp, unitCostFen }: Pick<Candidate, 'taxRateBp' | 'unitCostFen'>): number =>
  priceFen - taxWithin(priceFen, taxRateBp) - unitCostFen;

/**
 * Units a day at a new price under constant elasticity. A SKU that sold nothing is taken to sell half a unit in the history, as nothing
 * times anything would promise nothing. Prior of the elasticity: Bijmolt, van Heerde and Pieters (2005), Journal of Marketing Research
 * 42(2), mean −2.62 over 1,851 estimates; the setting holds it with its range.
 */
const unitsAt = (arm: ArmRow, priceFen: number, elasticity: number, historyDays: number): number =>
  Math.max(arm.dailyUnits, 0.5 / historyDays) * (priceFen / arm.oldPriceFen) ** elasticity;

interface Outcome {
  units: number;
  marginFen: number;
  costFen: number;
  giveAwayFen: number;
}

/** Against doing nothing, over the window, for the treated group; nobody sells more than there is. */
function outcomeOf(arms: readonly ArmRow[], elasticity: number, windowDays: number, historyDays: number): Outcome {
  const sum: Outcome = { units: 0, marginFen: 0, costFen: 0, giveAwayFen: 0 };
  for (const arm of arms) {
    if (arm.arm !== 'treated' || arm.newPriceFen === null) continue;
    const before = Math.min(arm.available, unitsAt(arm, arm.oldPriceFen, elasticity, historyDays) * windowDays);
    const after = Math.min(arm.available, unitsAt(arm, arm.newPriceFen, elasticity, historyDays) * windowDays);
    sum.units += after - before;
    sum.marginFen += after * unitMargin(arm.newPriceFen, arm) - before * unitMargin(arm.oldPriceFen, arm);
    sum.costFen += (after - before) * arm.unitCostFen;
    sum.giveAwayFen += after * (arm.oldPriceFen - arm.newPriceFen);
  }
  return sum;
}

export interface SlowMoverPlan {
  amountFen: number;
  options: SlowMoverProposal['options'];
  expected: SlowMoverExpected;
}

/** What the mark-down is expected to do, with doing nothing and half the depth beside it. */
export function planMarkdown(
  arms: readonly ArmRow[],
  { elasticity, depthBp, windowDays }: SlowMoverAssumptions,
  historyDays: number,
): SlowMoverPlan {
  const outcomes = (rows: readonly ArmRow[]) =>
    [elasticity.low, elasticity.mid, elasticity.high].map((value) => outcomeOf(rows, value, windowDays, historyDays));
  const rangeOf = (all: readonly Outcome[], field: keyof Outcome): Range => {
    const values = all.map((outcome) => outcome[field]);
    const isMoney = field !== 'units';
    const round = (value: number) => (isMoney ? roundHalfUp(value) : value);
    return { low: round(Math.min(...values)), mid: round(values[1] ?? 0), high: round(Math.max(...values)) };
  };
  const full = outcomes(arms);
  const half = outcomes(atHalfDepth(arms));
  const giveAwayFen = rangeOf(full, 'giveAwayFen').mid;
  const nothing: Range = { low: 0, mid: 0, high: 0 };
  return {
    amountFen: giveAwayFen,
    options: [
      { kind: 'recommended', depthBp, units: rangeOf(full, 'units'), marginFen: rangeOf(full, 'marginFen') },
      { kind: 'nothing', depthBp: 0, units: nothing, marginFen: nothing },
      {
        kind: 'half_depth',
        depthBp: Math.round(depthBp / 2),
        units: rangeOf(half, 'units'),
        marginFen: rangeOf(half, 'marginFen'),
      },
    ],
    expected: {
      extraUnits: rangeOf(full, 'units'),
      extraMarginFen: rangeOf(full, 'marginFen'),
      freedCostFen: rangeOf(full, 'costFen'),
      giveAwayFen,
    },
  };
}

const atHalfDepth = (arms: readonly ArmRow[]): ArmRow[] =>
  arms.map((arm) => ({
    ...arm,
    newPriceFen: arm.newPriceFen === null ? null : arm.oldPriceFen - Math.round((arm.oldPriceFen - arm.newPriceFen) / 2),
  }));
