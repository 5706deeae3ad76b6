// The stages of a price in their one order, each on what the one before it left.
import type { PromotionStage } from '@tongshang/contract';
import { allocate } from '../../../platform/money.ts';
import type { Cell } from './cells.ts';
import { type Node, walkAll } from './groups.ts';
import { wholeParcels } from './judge.ts';
import type { PriceRequest } from './request.ts';
import { type Choices, give, type Given, openRun, type Run, usedOf } from './run.ts';

/** A cart priced to the end along one way of choosing. */
export interface Outcome {
  run: Run;
  freightFen: number;
  freightListFen: number;
  totalFen: number;
}

export type Plan = Readonly<Record<PromotionStage, readonly Node[]>>;

export function runStages(request: PriceRequest, cells: readonly Cell[], plan: Plan, choices: Choices): Outcome {
  const run = openRun(request, cells, choices);
  runGoods(run, 'exclusive', plan.exclusive);
  runLine(run, plan.line);
  runGoods(run, 'threshold', plan.threshold);
  runGoods(run, 'coupon', plan.coupon);
  const freight = runFreight(run, plan.freight);
  spendPoints(run); // money, not a discount: freight looks at the goods before it, so points never make freight dearer
  return { run, ...freight, totalFen: sum(run.goods) + freight.freightFen };
}

function runGoods(run: Run, stage: PromotionStage, nodes: readonly Node[]): void {
  if (nodes.length === 0) return;
  run.stage = stage;
  walkAll(run, nodes);
  settle(run);
}

/** Timed promotions, the mark-down and the member price never add up: of each piece the lowest counts. */
function runLine(run: Run, nodes: readonly Node[]): void {
  run.stage = 'line';
  walkAll(run, nodes);
  const own = { markdown: new Map<number, number>(), member: new Map<number, number>() };
  for (const [index, { cell, count, isExclusive }] of run.pieces.entries()) {
    const { unitFen, markdownFen = unitFen, memberFen = unitFen } = cell.prices;
    const lowerFen = Math.min(markdownFen, memberFen) * count;
    if (isExclusive || lowerFen >= unitFen * count || lowerFen > (run.amounts[index] ?? 0)) continue;
    for (const given of run.given) dropAt(run, given, index);
    run.closed[index] = false; // whatever closed it in this stage gave way
    run.amounts[index] = lowerFen;
    const byCell = own[memberFen < markdownFen ? 'member' : 'markdown'];
    byCell.set(cell.index, (byCell.get(cell.index) ?? 0) + unitFen * count - lowerFen);
  }
  settle(run);
  for (const from of ['markdown', 'member'] as const) settleOwn(run, from, 'line', own[from]);
}

function dropAt(run: Run, given: Given, index: number): void {
  const taken = given.takes[index] ?? 0;
  if (taken === 0) return;
  const units = given.unitsOf?.[index] ?? 0;
  const used = usedOf(run, given.offer.promotionId);
  used.amountFen -= taken;
  used.units -= units;
  given.units -= units;
  given.takes[index] = 0;
  if (given.unitsOf !== undefined) given.unitsOf[index] = 0;
}

/** Turns what the stage gave into sums by cell; what came to nothing after all is told so. */
function settle(run: Run): void {
  for (const given of run.given) {
    const { offer, gift, units, pointsEach, unitsOf, nextFen, nextUnits } = given;
    const amountFen = sum(given.takes) + (gift === undefined ? 0 : gift.quantity * gift.unitFen);
    if (amountFen === 0 && gift === undefined && given.isPromise !== true) {
      run.fates.set(offer, { reason: run.stage === 'line' ? 'beaten' : 'nothing_to_take_off' });
      usedOf(run, offer.promotionId).uses -= 1;
      continue;
    }
    if (offer.then.gives === 'free_freight' && run.stage !== 'freight') continue; // it counts when there is freight
    const pointsByCell = pointsEach === undefined ? undefined : byCell(run, unitsOf ?? [], pointsEach);
    run.settled.push({
      from: offer, stage: run.stage, byCell: run.stage === 'freight' ? new Map() : byCell(run, given.takes), pointsByCell,
      amountFen, units, nextFen, nextUnits,
    }); // prettier-ignore
  }
  run.given = [];
}

function byCell(run: Run, amounts: readonly number[], times = 1): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [index, amount] of amounts.entries()) {
    const cell = run.pieces[index]?.cell.index;
    if (cell !== undefined && amount > 0) sums.set(cell, (sums.get(cell) ?? 0) + amount * times);
  }
  return sums;
}

function settleOwn(
  run: Run,
  from: 'markdown' | 'member' | 'points',
  stage: 'line' | 'points',
  sums: ReadonlyMap<number, number>,
  pointsByCell?: ReadonlyMap<number, number>,
): void {
  if (sums.size > 0) run.settled.push({ from, stage, byCell: sums, pointsByCell, amountFen: sum([...sums.values()]), units: 0 });
}

/** A fee a parcel, unless its goods reach the free limit; then what frees freight, then the promotions of the stage. */
function runFreight(run: Run, nodes: readonly Node[]): { freightFen: number; freightListFen: number } {
  const { feeFen, freeFromFen } = run.request.freight;
  const goodsOf = new Map<number, number>();
  for (const [index, { cell }] of run.pieces.entries())
    goodsOf.set(cell.parcel, (goodsOf.get(cell.parcel) ?? 0) + (run.goods[index] ?? 0));
  run.stage = 'freight';
  run.amounts = run.parcels.map((parcel) => ((goodsOf.get(parcel) ?? 0) >= freeFromFen ? 0 : feeFen));

  for (const offer of run.waivers) {
    const verdict = wholeParcels(run.amounts, (offer.left.amountFen ?? Infinity) - usedOf(run, offer.promotionId).amountFen);
    if (sum(verdict.takes) > 0) give(run, offer, verdict);
    else run.fates.set(offer, { reason: 'nothing_to_take_off' });
  }
  walkAll(run, nodes);
  settle(run);
  const freightFen = sum(run.amounts);
  run.amounts = run.goods;
  return { freightFen, freightListFen: run.parcels.length * feeFen };
}

/** As many points as the buyer agrees to spend and the goods need, in steps at which points and money agree without a rest. */
function spendPoints(run: Run): void {
  const { buyer, pointsWanted, pointWorth } = run.request;
  const available = Math.min(buyer.points, pointsWanted) - run.pointsSpent;
  const divisor = greatestDivisor(pointWorth.points, pointWorth.fen);
  const step = { points: pointWorth.points / divisor, fen: pointWorth.fen / divisor };
  const steps = Math.min(Math.floor(available / step.points), Math.floor(sum(run.goods) / step.fen));
  if (!(steps > 0)) return;
  const takes = allocate(steps * step.fen, run.goods);
  const sums = byCell(run, takes);
  const points = allocate(steps * step.points, [...sums.values()]);
  settleOwn(run, 'points', 'points', sums, new Map([...sums.keys()].map((cell, nth) => [cell, points[nth] ?? 0])));
  run.goods = run.goods.map((amount, index) => amount - (takes[index] ?? 0));
  run.amounts = run.goods;
  run.pointsSpent += steps * step.points;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
