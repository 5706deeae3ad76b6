import { createHmac } from 'node:crypto';
import type { cart as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { Refusal } from '../../platform/fail.ts';
import type { AskedTogether, Outcome } from '../../platform/together.ts';
import { findPlacement, payPath, type PlaceOrder, placeOrders } from '../orders/index.ts';
import { pickupPlaces, promiseForLines } from '../../supply/delivery/index.ts';
import { splitParcels } from './cart.ts';
import { type OpenCart, openCarts, saveCarts } from './open-carts.ts';
import { shopChannel, shopLocation } from './quote-carts.ts';

type Asked = z.output<typeof contract.checkout.body>;
type Reply = z.input<typeof contract.checkout.reply>;

export interface CheckOutParts {
  /** Signs the links of orders. */
  secret: string;
  /** Who takes the money. */
  provider: string;
}

type Turn = { cart: OpenCart; input: PlaceOrder; token: string };

/**
 * Turns carts into orders, those that arrive together in one transaction, each all or nothing. The same version of a cart is one order,
 * however often and however many at once it is checked out. Refuses `cart.empty`, `cart.changed`, `cart.parcels_wrong`, and what
 * placing an order refuses; a refusal leaves the cart as it was.
 */
export async function checkOutTogether(
  ctx: Ctx,
  asked: readonly AskedTogether<Asked>[],
  parts: CheckOutParts,
): Promise<Outcome<Reply>[]> {
  // locked: a second checkout of the same cart, from whichever process, waits here and then finds the order
  const carts = await openCarts(
    ctx,
    asked.map(({ actor }) => actor),
  );
  if (new Set(carts.map(({ id }) => id)).size < carts.length) return oneByOne(ctx, asked, parts);

  const outcomes: Outcome<Reply>[] = [];
  const turns: (Turn & { index: number })[] = [];
  for (const [index, { actor, input }] of asked.entries()) {
    const turn = await takeTurn(ctx, { actor, asked: input, cart: carts[index] as OpenCart }, parts);
    if ('cart' in turn) turns.push({ ...turn, index });
    else outcomes[index] = turn;
  }
  const placements = await placeOrders(
    ctx,
    turns.map(({ input }) => input),
  );
  const emptied: OpenCart[] = [];
  for (const [at, { index, cart, token }] of turns.entries()) {
    const placement = placements[at];
    if (placement === undefined) throw new Error('placing an order answered nothing');
    if ('placed' in placement) emptied.push(emptyOf(cart));
    outcomes[index] = 'placed' in placement ? { reply: replyOf(placement.placed, token) } : placement;
  }
  await saveCarts(ctx, emptied);
  return outcomes;
}

async function oneByOne(ctx: Ctx, asked: readonly AskedTogether<Asked>[], parts: CheckOutParts): Promise<Outcome<Reply>[]> {
  const outcomes: Outcome<Reply>[] = [];
  for (const one of asked) outcomes.push(...(await checkOutTogether(ctx, [one], parts)));
  return outcomes;
}

/** What checking this cart out means: an order to place, the order that its version became before, or a refusal. */
async function takeTurn(
  ctx: Ctx,
  { actor, asked, cart }: { actor: Actor; asked: Asked; cart: OpenCart },
  { secret, provider }: CheckOutParts,
): Promise<Turn | Outcome<Reply>> {
  const placementKey = `cart:${cart.id}:${asked.version}`;
  const token = createHmac('sha256', secret).update(placementKey).digest('base64url');
  if (cart.version !== asked.version) {
    const earlier = cart.version > 0 ? await findPlacement(ctx.tx, placementKey) : undefined;
    if (earlier !== undefined) return { reply: replyOf(earlier, token) };
    return {
      refusal: cart.version === 0 ? new Refusal('cart.empty', {}) : new Refusal('cart.changed', { version: cart.version }),
    };
  }
  if (cart.lines.length === 0) return { refusal: new Refusal('cart.empty', {}) };
  if (asked.pickupAt !== undefined && !(await isPlace(ctx, asked.pickupAt)))
    return { refusal: new Refusal('location.not_found', { location: asked.pickupAt }) };
  const lines = splitParcels(cart.lines, asked.pickupAt === undefined ? (asked.parcels ?? []) : []);
  if (lines === undefined) return { refusal: new Refusal('cart.parcels_wrong', {}) };
  const promisedOn = await dayFor(ctx, cart, asked);
  return {
    cart,
    token,
    input: { ...orderOf(cart, asked, lines), promisedOn, actor, placementKey, accessToken: token, provider },
  };
}

const isPlace = async (ctx: Ctx, location: string): Promise<boolean> =>
  (await pickupPlaces(ctx, { lines: [] })).some((place) => place.location === location);

/** The day that the buyer chose, if it can be there by then; else the first on which it can. Nothing is promised that nobody asked. */
async function dayFor(ctx: Ctx, { lines }: OpenCart, { promisedOn, pickupAt, recipient }: Asked): Promise<string | undefined> {
  if (promisedOn === undefined || pickupAt !== undefined) return undefined;
  const { promise } = await promiseForLines(ctx, { lines, region: recipient.region });
  return promise === undefined || promisedOn > promise.promisedOn ? promisedOn : promise.promisedOn;
}

const orderOf = (
  cart: OpenCart,
  asked: Asked,
  lines: PlaceOrder['lines'],
): Omit<PlaceOrder, 'actor' | 'placementKey' | 'accessToken' | 'provider'> => ({
  customerId: cart.customerId,
  visitorId: cart.visitorId,
  channel: shopChannel,
  location: asked.pickupAt ?? shopLocation,
  pickupAt: asked.pickupAt,
  lines,
  couponCodes: cart.terms.couponCodes ?? 'best',
  pointsWanted: cart.terms.pointsWanted,
  paymentMethod: cart.terms.paymentMethod ?? undefined,
  recipient: asked.recipient,
  parcels:
    asked.pickupAt === undefined ? asked.parcels?.map(({ recipient }, index) => ({ parcelNo: index + 2, recipient })) : undefined,
  invoice: asked.invoice,
  note: asked.note,
  expectedTotalFen: asked.expectedTotalFen,
  insteadOf: cart.hold?.id,
});

const emptyOf = (cart: OpenCart): OpenCart => ({
  ...cart,
  lines: [],
  terms: { paymentMethod: cart.terms.paymentMethod ?? null, phone: cart.terms.phone },
  hold: undefined,
});

type Placed = Pick<Reply, 'orderId' | 'number' | 'state' | 'totalFen'> & { paymentId: string | undefined };
const replyOf = ({ orderId, number, state, totalFen, paymentId }: Placed, token: string): Reply => ({
  orderId,
  number,
  state,
  totalFen,
  token,
  paymentId: paymentId ?? null,
  payUrl: paymentId === undefined ? null : payPath(paymentId, token),
});
