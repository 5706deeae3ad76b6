import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { componentsOf } from '../../base/catalog/index.ts';
import { spendPoints } from '../../base/membership/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitFor } from '../../platform/events.ts';
import { Refusal } from '../../platform/fail.ts';
import { addMs, dayOf } from '../../platform/time.ts';
import { promiseStocks } from '../../supply/inventory/index.ts';
import { openPayments } from '../payments/index.ts';
import { pricesAt } from '../pricing/index.ts';
import { claimOffers, giveEarnedCoupons, type PricedCart, priceCarts } from '../promotions/index.ts';
import { orderPaid, orderPlaced } from './events.ts';
import { changedLines, freezeLines, type FrozenLine, type KitParts } from './frozen.ts';
import { buyerKeyOf, newOrderNumber, unpaidMinutes } from './order.ts';
import { type Candidate, type PlaceOrder, promisedLines } from './candidate.ts';
import { saveOrders } from './save-orders.ts';
import { firstOrderers } from './first-orderers.ts';
import { keepPlaces, lookElsewhere } from './sending/look-elsewhere.ts';

export interface PlacedOrder {
  orderId: string;
  number: string;
  state: 'placed' | 'paid';
  totalFen: number;
  paymentId: string | undefined;
}

export type Placement = { readonly placed: PlacedOrder } | { readonly refusal: Refusal };

/**
 * Turns lines into orders we owe, many at once and in the order given: price, cost, tax and category are frozen, stock is promised,
 * coupons, budgets and points are spent, money is asked for. Each order gets everything or nothing; a refused one leaves no trace.
 * An order that costs nothing is paid at once. Set-based: the number of statements does not grow with the number of orders, and the
 * rows that many orders want are locked last, in one order, however many processes do so.
 * Refuses `sku.not_found`, `sku.not_for_sale`, `price.missing`, `price.changed`, `stock.insufficient`, `promotion.used_up`,
 * `points.insufficient`.
 */
export async function placeOrders(ctx: Ctx, inputs: readonly PlaceOrder[]): Promise<Placement[]> {
  const placements: Placement[] = [];
  const candidates = (await propose(ctx, inputs)).flatMap((proposed, index) => {
    if ('refusal' in proposed) {
      placements[index] = proposed;
      return [];
    }
    return [{ ...proposed, index }];
  });
  const { kept, refused } = await settle(ctx, candidates);
  for (const [{ index }, refusal] of refused) placements[index] = { refusal };
  for (const { index, ...candidate } of kept) placements[index] = { placed: placedOf(candidate) };
  await write(ctx, kept);
  return placements;
}

/** Places one order. Refuses what `placeOrders` refuses. */
export async function placeOrder(ctx: Ctx, input: Omit<PlaceOrder, 'actor'>): Promise<PlacedOrder> {
  const [placement] = await placeOrders(ctx, [{ ...input, actor: ctx.actor }]);
  if (placement === undefined) throw new Error('placing an order answered nothing');
  if ('refusal' in placement) throw placement.refusal;
  return placement.placed;
}

const placedOf = ({ orderId, number, isPaid, priced, paymentId }: Candidate): PlacedOrder => ({
  orderId,
  number,
  state: isPaid ? 'paid' : 'placed',
  totalFen: priced.breakdown.totalFen,
  paymentId,
});

/** Prices every cart; those that cannot be sold, or cost something else than was shown, go no further. */
async function propose(ctx: Ctx, inputs: readonly PlaceOrder[]): Promise<(Candidate | { refusal: Refusal })[]> {
  const firsts = await firstOrderers(
    ctx.tx,
    inputs.flatMap(({ customerId }) => customerId ?? []),
  );
  const priced = await priceCarts(
    ctx.tx,
    inputs.map((input, index) => ({
      key: keyOf(index),
      channel: input.channel,
      location: input.location,
      customerId: input.customerId,
      customerKey: buyerKeyOf(input),
      isFirstOrder: input.customerId !== undefined && firsts.has(input.customerId),
      lines: input.lines.map(({ sku, quantity, parcelNo = 1 }, index) => ({
        key: keyOf(index),
        sku,
        quantity,
        parcel: parcelNo,
      })),
      couponCodes: input.couponCodes ?? [],
      pointsWanted: input.pointsWanted ?? 0,
      isCollected: input.pickupAt !== undefined,
      paymentMethod: input.paymentMethod,
    })),
    ctx.now,
  );
  const kits = await kitParts(ctx, inputs, priced);
  return inputs.map((input, index) => {
    const cart = priced[index];
    if (cart === undefined) throw new Error('a cart came back without a price');
    const [problem] = cart.problems;
    if (problem !== undefined) return { refusal: new Refusal(problem.code, { sku: problem.sku }) };
    const parcelOf = (key: string) => input.lines[indexOf(key)]?.parcelNo ?? 1;
    const lines = freezeLines(cart.breakdown, cart.facts, { parcelOf, kits });
    return changedPrice(input, cart, lines) ?? candidateOf(ctx, input, { priced: cart, lines, kits });
  });
}

/** What the kits of these carts are made of, with the prices of their parts; no statement when there is none. */
async function kitParts(ctx: Ctx, inputs: readonly PlaceOrder[], priced: readonly PricedCart[]): Promise<KitParts> {
  const skus = priced.flatMap(({ breakdown, facts }) =>
    breakdown.lines.map(({ sku }) => sku).filter((sku) => facts.get(sku)?.isKit),
  );
  if (skus.length === 0) return new Map();
  const kits = await componentsOf(ctx.tx, skus);
  const parts = [...new Set([...kits.values()].flat().map((part) => part.sku))];
  const prices = await pricesAt(ctx.tx, { skus: parts, channel: inputs[0]?.channel ?? '', at: ctx.now });
  const priceOf = (sku: string) => prices.get(sku)?.amountFen ?? 0;
  return new Map([...kits].map(([kit, own]) => [kit, own.map((part) => ({ ...part, priceFen: priceOf(part.sku) }))]));
}

const keyOf = (index: number): string => String(index);
const indexOf = (key: string): number => Number(key);

/** `price.changed`, with what it costs now. */
function changedPrice(
  input: PlaceOrder,
  { breakdown: price }: PricedCart,
  lines: readonly FrozenLine[],
): { refusal: Refusal } | undefined {
  const { expectedTotalFen } = input;
  if (expectedTotalFen === undefined || expectedTotalFen === price.totalFen) return undefined;
  const { goodsFen, discountFen, freightFen, taxFen, totalFen } = price;
  const seen = new Map(input.lines.flatMap(({ sku, seenFen }) => (seenFen === undefined ? [] : [[sku, seenFen] as const])));
  const details = { expectedTotalFen, goodsFen, discountFen, freightFen, taxFen, totalFen, lines: changedLines(lines, seen) };
  return { refusal: new Refusal('price.changed', details) };
}

function candidateOf(ctx: Ctx, input: PlaceOrder, parts: Pick<Candidate, 'priced' | 'lines' | 'kits'>): Candidate {
  const isTill = input.provider === 'till';
  const isPaid = parts.priced.breakdown.totalFen === 0 && !isTill;
  const waits = !isTill && !isPaid;
  return {
    input,
    ...parts,
    orderId: randomUUIDv7(),
    number: newOrderNumber(dayOf(ctx.now)),
    paymentId: waits ? randomUUIDv7() : undefined,
    isPaid,
    expiresAt: waits ? addMs(ctx.now, unpaidMinutes * 60_000) : undefined,
  };
}

type Refused<C> = [candidate: C, refusal: Refusal];

/**
 * Takes points, coupons, budgets and stock for each candidate, or nothing of them. What a refused one had already taken is undone by
 * going back to where this began, without it: rare, and simpler to trust than giving back.
 */
async function settle<C extends Candidate>(ctx: Ctx, all: readonly C[]): Promise<{ kept: C[]; refused: Refused<C>[] }> {
  const refused: Refused<C>[] = [];
  let rest = [...all];
  while (rest.length > 0) {
    const mayGoBack = rest.some((candidate) => takesMore(candidate) || mayGoElsewhere(candidate));
    if (mayGoBack) await run(ctx.tx, sql`savepoint intake`);
    const lost = await take(ctx, rest);
    if (lost.size === 0) break;
    const elsewhere = await lookElsewhere(ctx, [...lost].filter(([, { code }]) => code === 'stock.insufficient').map(([one]) => one).filter(mayGoElsewhere)); // prettier-ignore
    refused.push(...[...lost].filter(([candidate]) => !elsewhere.has(candidate)));
    rest = rest.filter((candidate) => !lost.has(candidate) || elsewhere.has(candidate));
    if (elsewhere.size === 0 && ![...lost.keys()].some(takesMore)) break; // they took nothing, and the others have all they need
    await run(ctx.tx, sql`rollback to savepoint intake`); // and so everything is locked again in the one order
  }
  return { kept: rest, refused };
}

const takesMore = ({ priced: { breakdown: price } }: Candidate): boolean => price.pointsSpent > 0 || price.applied.length > 0;

/** What the first location does not have is sought elsewhere; at the till, and where the buyer comes for it, nowhere else. */
const mayGoElsewhere = ({ input }: Candidate): boolean => input.store === undefined && input.pickupAt === undefined;

/** Points first, hot stock rows last and shortest. Answers who goes without, and why. */
async function take<C extends Candidate>(ctx: Ctx, candidates: readonly C[]): Promise<Map<C, Refusal>> {
  const lost = new Map<C, Refusal>();
  await takePoints(ctx, candidates, lost);
  if (lost.size > 0) return lost;
  await takeOffers(ctx, candidates, lost);
  if (lost.size > 0) return lost;
  await takeStock(ctx, candidates, lost);
  return lost;
}

async function takePoints<C extends Candidate>(ctx: Ctx, candidates: readonly C[], lost: Map<C, Refusal>): Promise<void> {
  const spending = candidates.filter(({ priced }) => priced.breakdown.pointsSpent > 0);
  if (spending.length === 0) return;
  const answers = await spendPoints(
    ctx,
    spending.map(({ input, orderId, priced }) => ({
      customerId: input.customerId ?? '',
      orderId,
      points: priced.breakdown.pointsSpent,
    })),
  );
  for (const [index, candidate] of spending.entries())
    if (answers[index] !== 'ok')
      lost.set(candidate, new Refusal('points.insufficient', { points: candidate.priced.breakdown.pointsSpent }));
}

async function takeOffers<C extends Candidate>(ctx: Ctx, candidates: readonly C[], lost: Map<C, Refusal>): Promise<void> {
  const taking = candidates.filter(({ priced }) => priced.breakdown.applied.length > 0);
  const outcomes = await claimOffers(
    ctx,
    taking.map(({ orderId, input, lines, priced: { breakdown } }) => ({
      orderId,
      customerKey: buyerKeyOf(input),
      applied: breakdown.applied,
      goodsFen: breakdown.goodsFen - breakdown.discountFen,
      taxFen: breakdown.taxFen,
      costFen: lines.reduce((sum, line) => sum + line.unitCostFen * line.quantity, 0),
    })),
  );
  for (const [index, candidate] of taking.entries()) {
    const outcome = outcomes[index];
    if (outcome?.isOk === true) continue;
    const { reason, promotionId, couponCode } = outcome ?? { reason: 'used_up', promotionId: null, couponCode: null };
    lost.set(candidate, new Refusal('promotion.used_up', { reason, promotionId, couponCode }));
  }
}

async function takeStock<C extends Candidate>(ctx: Ctx, candidates: readonly C[], lost: Map<C, Refusal>): Promise<void> {
  const shortages = await promiseStocks(
    ctx,
    candidates.map((candidate) => ({
      orderId: candidate.orderId,
      channel: candidate.input.channel,
      insteadOf: candidate.input.insteadOf,
      lines: promisedLines(candidate),
    })),
    candidates[0]?.kits,
  );
  for (const [index, candidate] of candidates.entries()) {
    const short = shortages[index] ?? [];
    if (short.length > 0) lost.set(candidate, new Refusal('stock.insufficient', { lines: short }));
  }
}

const paymentOf = ({ paymentId, orderId, number, input: { provider }, priced: { breakdown }, expiresAt }: Candidate) =>
  paymentId === undefined
    ? []
    : [
        {
          paymentId,
          orderId,
          reference: number,
          provider,
          amountFen: breakdown.totalFen,
          currency: breakdown.currency,
          expiresAt,
        },
      ];

async function write(ctx: Ctx, placed: readonly Candidate[]): Promise<void> {
  if (placed.length === 0) return;
  // none of these needs another's answer: they go out together
  await Promise.all([
    saveOrders(ctx, placed),
    openPayments(ctx, placed.flatMap(paymentOf)),
    emitFor(
      ctx,
      orderPlaced,
      placed.map(({ orderId, input: { actor, channel }, priced }) => ({
        actor,
        payload: { orderId, channel, totalFen: priced.breakdown.totalFen },
      })),
    ),
  ]);
  await emitFor(
    ctx,
    orderPaid,
    placed.filter(({ isPaid }) => isPaid).map(({ orderId, input: { actor } }) => ({ actor, payload: { orderId, totalFen: 0 } })),
  );
  await giveEarnedCoupons(
    ctx,
    placed.flatMap(({ isPaid, orderId }) => (isPaid ? [orderId] : [])),
  );
  await keepPlaces(ctx, placed);
}
