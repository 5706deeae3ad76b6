// What shoppers do, through the shop's public API: look, fill a cart, check out, pay, change their mind.
import { cart, identity, orders, storefront } from '../../packages/contract/src/index.ts';
import type { ReplyOf } from '../../packages/contract/src/index.ts';
import { type Caller, createCaller, unlessRefused } from './call.ts';
import type { Visit } from './demand.ts';

/** An order that the house has acknowledged. */
export interface Acknowledged {
  orderId: string;
  number: string;
  totalFen: number;
  visit: Visit;
  caller: Caller;
  token: string;
  payUrl: string | null;
  /** The store where the buyer comes for it. */
  pickupAt: string | null;
  /** Units of each SKU that were sold, gifts left out. */
  sold: ReadonlyMap<string, number>;
}

/** What one visit wanted of a SKU, and got. */
export interface Served {
  sku: string;
  wanted: number;
  sold: number;
}

export interface Outcome {
  served: Served[];
  order: Acknowledged | undefined;
}

type Cart = ReplyOf<typeof cart.getCart>;
interface Ready {
  visit: Visit;
  caller: Caller;
  cart: Cart | undefined;
}

/** Everybody looks and fills their carts beside one another; then they stand at the till in the order of their coming. */
export async function shop(origin: string, visits: readonly Visit[], members: Map<string, Caller>): Promise<Outcome[]> {
  const here = new Set<string>(); // a member has one cart: who comes twice in an hour is a guest the second time
  const guests = visits.map(({ isMember, person: { phone } }) => !isMember || here.size === here.add(phone).size);
  const ready = await beside([...visits.entries()], atOnce, async ([index, visit]) => {
    const caller = guests[index] ? createCaller(origin) : await memberOf(origin, visit.person.phone, members);
    return lookAround(caller, visit);
  });
  const outcomes: Outcome[] = [];
  for (const one of ready) if (!one.visit.isLooker) outcomes.push(await checkOut(one)); // who comes first gets the last unit, in every run
  await beside(outcomes, atOnce, ({ order }) => (order === undefined ? Promise.resolve() : pay(order)));
  return outcomes;
}

const atOnce = 6;

/** Runs `work` for each, some at once; answers in the order given. */
export async function beside<In, Out>(all: readonly In[], atOnce: number, work: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  const waiting = all.entries();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, all.length) }, async () => {
      for (const [index, one] of waiting) done[index] = await work(one);
    }),
  );
  return done;
}

/** Somebody who signs in with a code to the phone, once; the browser stays signed in. */
async function memberOf(origin: string, phone: string, members: Map<string, Caller>): Promise<Caller> {
  const known = members.get(phone);
  if (known !== undefined) return known;
  const [, high = '0', low = '0'] = /(\d{2})(\d{2})$/.exec(phone) ?? [];
  const caller = createCaller(origin, `10.0.${Number(high)}.${Number(low)}`);
  await caller.call(identity.requestPhoneCode, { body: { phone } });
  const { items } = await caller.call(identity.listSandboxMessages, { query: { phone } });
  await caller.signIn('/api/auth/shop/sign-in/phone-code', { phone, code: items[0]?.code ?? '' });
  members.set(phone, caller);
  return caller;
}

async function lookAround(caller: Caller, visit: Visit): Promise<Ready> {
  const [first] = visit.lines;
  const found = await caller.call(storefront.listProducts, { query: { text: first?.words ?? '' } });
  const [card] = found.items;
  if (card !== undefined) await caller.call(storefront.getProduct, { params: { slug: card.slug } });
  if (visit.isLooker) return { visit, caller, cart: undefined };
  const lines = visit.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  let filled: Cart | undefined;
  for (let start = 0; start < lines.length; start += atOnceMax)
    filled = await caller.call(cart.addManyToCart, { body: { lines: lines.slice(start, start + atOnceMax) } });
  const points = filled?.pointsAvailable ?? 0;
  if (points >= pointsWorthIt) filled = await caller.call(cart.setCartTerms, { body: { pointsWanted: points } });
  if (visit.collects !== undefined) filled = await chooseStore(caller, visit.collects.at);
  return { visit, caller, cart: filled };
}

/** Comes for it where everything lies; has it sent when something is missing there. */
async function chooseStore(caller: Caller, store: string): Promise<Cart> {
  const { places } = await caller.call(cart.getDeliveryOptions);
  const isThere = places.some(({ location, isAvailable }) => location === store && isAvailable);
  return caller.call(cart.planDelivery, { body: { pickupAt: isThere ? store : null } });
}

/** Points that people bother to spend. */
const pointsWorthIt = 100;
/** Lines that go into a cart with one call. */
const atOnceMax = 100;

const triesMax = 4;

/** Takes what is there of what was wanted, and asks again when somebody was quicker. */
async function checkOut({ visit, caller, cart: seen }: Ready): Promise<Outcome> {
  const recipient = { ...visit.person, address: visit.hasShortAddress ? '杭州' : visit.person.address };
  let now = seen;
  for (let tries = 0; now !== undefined && tries < triesMax; tries += 1) {
    now = await fit(caller, now);
    const lines = now.lines.filter(({ isGift }) => !isGift);
    if (lines.length === 0) break;
    const { pickupAt } = now.delivery;
    const terms = { ...(pickupAt !== null && { pickupAt }), ...(visit.note !== undefined && { note: visit.note }) };
    const body = { version: now.version, expectedTotalFen: now.totalFen, recipient, ...terms };
    const placed = await unlessRefused(
      caller.call(cart.checkout, { body }),
      'stock.insufficient', 'cart.changed', 'price.changed', 'promotion.used_up', 'sku.not_for_sale',
    ); // prettier-ignore
    if (typeof placed !== 'string') {
      const sold = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
      return { served: servedOf(visit, sold), order: { ...placed, visit, caller, sold, pickupAt } };
    }
    now = await caller.call(cart.planDelivery, { body: { pickupAt: null } }); // sent, then: online there may be more of it
  }
  return { served: servedOf(visit, new Map()), order: undefined };
}

const servedOf = ({ lines }: Visit, sold: ReadonlyMap<string, number>): Served[] =>
  lines.map(({ sku, quantity }) => ({ sku, wanted: quantity, sold: Math.min(quantity, sold.get(sku) ?? 0) }));

/** Lowers lines to what is there; drops those of which nothing is. */
async function fit(caller: Caller, seen: Cart): Promise<Cart> {
  let now = seen;
  for (const { sku, quantity, available, isGift, unitFen } of seen.lines) {
    if (isGift || (quantity <= available && unitFen !== null)) continue;
    now =
      available > 0 && unitFen !== null
        ? await caller.call(cart.putCartLine, { params: { sku }, body: { quantity: available } })
        : await caller.call(cart.removeCartLine, { params: { sku } });
  }
  return now;
}

async function pay(order: Acknowledged): Promise<void> {
  const { pays } = order.visit;
  if (order.payUrl === null || pays === 'never') return;
  await press(order, order.payUrl, { at_once: 'pay', after_a_decline: 'decline', too_late: 'pay_after_expiry' }[pays]);
}

/** Who was declined tries again; called when the house has heard of it. */
export async function payAgain(order: Acknowledged): Promise<void> {
  const { number, token, caller } = order;
  const again = await caller.call(orders.payMyOrder, { params: { number }, body: { token } });
  await press(order, again.payUrl, 'pay');
}

/** Follows the house's link to the provider's page, and presses there. */
async function press({ caller, number }: Acknowledged, payUrl: string, act: string): Promise<void> {
  const page = await caller.send('GET', payUrl);
  if (page.location === undefined)
    throw new Error(`order ${number}: ${payUrl} answered ${page.status}: ${page.body.slice(0, 200)}`);
  const pressed = await caller.send('POST', page.location, `act=${act}`);
  if (pressed.status >= 400) throw new Error(`order ${number}: the provider answered ${pressed.status} to ${act}`);
}

/** Calls an order off; too late is no error, the parcel is on its way. */
export async function changeMind({ number, token, caller }: Acknowledged): Promise<boolean> {
  const body = { token };
  return (
    typeof (await unlessRefused(caller.call(orders.cancelMyOrder, { params: { number }, body }), 'order.wrong_state')) !==
    'string'
  );
}
