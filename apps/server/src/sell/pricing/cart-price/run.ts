// The working copy of a cart while its stages run. Rules look at it, `give` alone changes what promotions take.
import type { Missed, PromotionStage } from '@tongshang/contract';
import { portionOf } from '../../../platform/money.ts';
import type { Cell } from './cells.ts';
import type { Offer, PriceRequest } from './request.ts';

/** Units of one cell that share a fate; more than one piece a cell once some of its units are sold at a special price. */
export interface Piece {
  cell: Cell;
  count: number;
  /** Sold at an exclusive price: later stages pass it by unless they say otherwise. */
  isExclusive: boolean;
}

/** What one offer takes: from each place (a piece, or in the stage freight a parcel). */
export interface Take {
  takes: number[];
  /** Units sold at its price or given away. */
  units: number;
  /** How many units of each piece, where the effect counts units. */
  unitsOf?: number[];
  pointsEach?: number;
  gift?: { sku: string; quantity: number; unitFen: number };
  /** Frees freight, or hands out a coupon: takes nothing from goods and still gives something. */
  isPromise?: boolean;
  nextFen?: number;
  nextUnits?: number;
}

export type Miss = Pick<Missed, 'reason' | 'missingFen' | 'missingUnits' | 'missingPoints'>;

export interface Given extends Take {
  offer: Offer;
}

/** What a stage took in the end, by cell. */
export interface Settled {
  from: Offer | 'markdown' | 'member' | 'points';
  stage: 'exclusive' | 'line' | 'threshold' | 'coupon' | 'points' | 'freight';
  byCell: ReadonlyMap<number, number>;
  pointsByCell?: ReadonlyMap<number, number> | undefined;
  amountFen: number;
  units: number;
  nextFen?: number | undefined;
  nextUnits?: number | undefined;
}

export interface GiftGiven {
  offer: Offer;
  sku: string;
  quantity: number;
  unitFen: number;
}

interface Used {
  amountFen: number;
  units: number;
  uses: number;
}

export interface Run {
  request: PriceRequest;
  stage: PromotionStage;
  pieces: Piece[];
  /** What is left of each place: pieces, in the stage freight parcels. */
  amounts: number[];
  /** What is left of each piece; the same as `amounts` outside the stage freight. */
  goods: number[];
  parcels: readonly number[];
  /** Touched by a group of mode `only`: joins no later group or stage. */
  closed: boolean[];
  /** Of the running stage. */
  given: Given[];
  settled: Settled[];
  gifts: GiftGiven[];
  /** Offers of earlier stages that free the freight. */
  waivers: Offer[];
  fates: Map<Offer, Miss | 'given'>;
  /** What this order draws from each promotion's budget and limits. */
  used: Map<string, Used>;
  pointsSpent: number;
  /** False inside a group that adds up: members look at the same pieces. */
  mayDivide: boolean;
  choices: Choices;
}

/** Which option a group takes, decided from outside so that every way can be tried. */
export interface Choices {
  /** One of so many; the first is the one that saves most by itself. */
  choose: (options: number) => number;
  /** What was found out about an offer or a group is the same for all ways that agree up to there. */
  once: <T>(about: object, findOut: () => T) => T;
}

const greedy: Choices = { choose: () => 0, once: (_, findOut) => findOut() };

export function openRun(request: PriceRequest, cells: readonly Cell[], choices: Choices): Run {
  const filled = cells.filter((cell) => cell.quantity > 0);
  const amounts = filled.map((cell) => cell.quantity * cell.prices.unitFen);
  return {
    request,
    stage: 'exclusive',
    pieces: filled.map((cell) => ({ cell, count: cell.quantity, isExclusive: false })),
    amounts,
    goods: amounts,
    parcels: [...new Set(filled.map((cell) => cell.parcel))].toSorted((a, b) => a - b),
    closed: amounts.map(() => false),
    given: [],
    settled: [],
    gifts: [],
    waivers: [],
    fates: new Map(),
    used: new Map(),
    pointsSpent: 0,
    mayDivide: true,
    choices,
  };
}

/** A copy to try something on: what happens to it stays in it. Inside, groups take the option that saves most by itself. */
export function forkRun(run: Run): Run {
  const amounts = run.amounts.slice();
  return {
    ...run,
    pieces: run.pieces.slice(),
    amounts,
    goods: run.goods === run.amounts ? amounts : run.goods,
    closed: run.closed.slice(),
    given: run.given.map((one) => ({ ...one, takes: one.takes.slice(), ...(one.unitsOf && { unitsOf: one.unitsOf.slice() }) })),
    gifts: run.gifts.slice(),
    waivers: run.waivers.slice(),
    fates: new Map(),
    used: new Map([...run.used].map(([id, used]) => [id, { ...used }])),
    choices: greedy,
  };
}

export function usedOf(run: Run, promotionId: string): Used {
  let used = run.used.get(promotionId);
  if (used === undefined) run.used.set(promotionId, (used = { amountFen: 0, units: 0, uses: 0 }));
  return used;
}

/** Takes what an offer gives from the working copy and remembers it. */
export function give(run: Run, offer: Offer, take: Take): void {
  const given: Given = { ...take, takes: take.takes.slice(), ...(take.unitsOf && { unitsOf: take.unitsOf.slice() }), offer };
  run.given.push(given);
  if (run.stage === 'exclusive' || run.stage === 'line') divideWhereCounted(run, given);
  let amountFen = take.gift === undefined ? 0 : take.gift.quantity * take.gift.unitFen;
  for (const [index, taken] of given.takes.entries()) {
    if (taken === 0) continue;
    run.amounts[index] = (run.amounts[index] ?? 0) - taken;
    amountFen += taken;
    const piece = run.pieces[index];
    if (run.stage === 'exclusive' && piece !== undefined) run.pieces[index] = { ...piece, isExclusive: true };
  }
  if (take.gift !== undefined) run.gifts.push({ offer, ...take.gift });
  if (offer.then.gives === 'free_freight' && run.stage !== 'freight') run.waivers.push(offer);
  if (take.pointsEach !== undefined) run.pointsSpent += take.pointsEach * take.units;
  const used = usedOf(run, offer.promotionId);
  used.amountFen += amountFen;
  used.units += take.units;
  used.uses += 1;
  run.fates.set(offer, 'given');
}

/** Units sold at a price of their own part from the rest of their piece, so that each part keeps an even price. */
function divideWhereCounted(run: Run, given: Given): void {
  if (given.unitsOf === undefined || !run.mayDivide) return;
  for (let index = run.pieces.length - 1; index >= 0; index -= 1) {
    const units = given.unitsOf[index] ?? 0;
    const piece = run.pieces[index];
    if (piece === undefined || units === 0 || units >= piece.count) continue;
    divide(run, index, piece, units, given);
  }
}

function divide(run: Run, index: number, piece: Piece, units: number, given: Given): void {
  const share = (amount: number): [number, number] => {
    const part = portionOf(amount, units, piece.count);
    return [part, amount - part];
  };
  run.pieces.splice(index, 1, { ...piece, count: units }, { ...piece, count: piece.count - units });
  run.amounts.splice(index, 1, ...share(run.amounts[index] ?? 0));
  run.closed.splice(index, 0, run.closed[index] ?? false);
  for (const one of run.given) {
    const whole = one.takes[index] ?? 0;
    one.takes.splice(index, 1, ...(one === given ? [whole, 0] : share(whole)));
    const counted = one.unitsOf?.[index] ?? 0;
    one.unitsOf?.splice(index, 1, ...(one === given ? [counted, 0] : share(counted)));
  }
}
