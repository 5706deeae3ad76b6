// What staff do at a desk, signed in at the console: decide about orders that wait, record what came back. The floor is in `floor.ts`.
import { inBusinessZone, startOfDay } from '../../apps/server/src/platform/time.ts';
import { metrics, orders, promotions, returns, routing } from '../../packages/contract/src/index.ts';
import type { ReplyOf } from '../../packages/contract/src/index.ts';
import { type Caller, createCaller, unlessRefused } from './call.ts';
import type { Policy } from './policy.ts';
import type { Acknowledged } from './shoppers.ts';
import { warehouse } from './assortment.ts';

export interface Staff {
  marketer: Caller;
  executive: Caller;
  operations: Caller;
  warehouse: Caller;
}

const password = 'guyu-demo-2026';

export async function signIn(origin: string): Promise<Staff> {
  const as = async (name: string) => {
    const caller = createCaller(origin);
    await caller.signIn('/api/auth/staff/sign-in/email', { email: `${name}@guyu.example`, password });
    return caller;
  };
  return {
    marketer: await as('marketer'),
    executive: await as('executive'),
    operations: await as('operations'),
    warehouse: await as('warehouse'),
  };
}

/** What the firm sells by: an amount off above a threshold, with a budget that the management approves. */
export async function openPromotion({ marketer, executive }: Staff, from: string): Promise<void> {
  const draft = {
    name: '满200减15', nameEn: '¥15 off ¥200', stage: 'threshold' as const, when: { is: 'channel' as const, in: ['shop'] }, budgetFen: 100_000_000, expectedCostFen: 50_000_000,
    startsAt: inBusinessZone(startOfDay(from)), endsAt: null,
    then: { gives: 'steps' as const, of: { exceptCategories: ['appliances'] }, by: 'amount' as const, steps: [{ from: 20_000, off: { fen: 1500 } }] },
  }; // prettier-ignore
  const { id } = await marketer.call(promotions.createPromotion, { body: draft });
  const asked = await marketer.call(promotions.submitPromotion, { params: { id }, body: { version: 1 } });
  if (asked.state === 'waiting')
    await executive.call(promotions.approvePromotion, { params: { id }, body: { version: asked.version } });
}

/** What was ordered on a day, fen, as the screen of figures says it. */
export async function readScreen({ operations }: Staff, day: string): Promise<{ day: string; gmvFen: number }> {
  const { total } = await operations.call(metrics.queryMetrics, { query: { metrics: ['gmv'], from: day, to: day } });
  return { day, gmvFen: total.values['gmv'] ?? 0 };
}

type Waiting = ReplyOf<typeof orders.listExceptions>['items'][number];
type Hold = Waiting['holds'][number];

/** How long a buyer is let wait for goods that nobody has. */
const patienceMs = 3 * 86_400_000;

export interface DeskWork {
  /** Decisions by the reason of the hold. */
  decided: Map<string, number>;
}

/** Works through the exceptions queue, the longest waiting first: each hold gets the decision that its reason asks for, or waits on. */
export async function workDesk(
  { operations }: Staff,
  { known, now }: { known: ReadonlyMap<string, Acknowledged>; now: Date },
): Promise<DeskWork> {
  const decided = new Map<string, number>();
  for (const order of await listWaiting(operations))
    for (const hold of order.holds)
      if (await decide(operations, order, { hold, visit: known.get(order.id)?.visit, now }))
        decided.set(hold.reason, (decided.get(hold.reason) ?? 0) + 1);
  return { decided };
}

async function listWaiting(caller: Caller): Promise<Waiting[]> {
  const all: Waiting[] = [];
  for (let after: string | undefined; ;) {
    const page = await caller.call(orders.listExceptions, { query: { limit: 100, ...(after !== undefined && { after }) } });
    all.push(...page.items);
    if (page.next === null) return all;
    after = page.next;
  }
}

/** One key; false when it is better to wait: for stock, for tomorrow's capacity. What ended meanwhile needs no decision. */
async function decide(
  caller: Caller,
  { id: orderId }: Waiting,
  { hold, visit, now }: { hold: Hold; visit: Acknowledged['visit'] | undefined; now: Date },
): Promise<boolean> {
  const press = async (decision: 'release_hold' | 'reroute' | 'cancel'): Promise<boolean> => {
    const body = { decision, note: decision };
    const pressed = caller.call(orders.decideException, { params: { orderId, holdId: hold.id }, body });
    return typeof (await unlessRefused(pressed, 'hold.not_found', 'order.wrong_state', 'order.no_location', 'stock.insufficient', 'fulfilment.too_late')) !== 'string'; // prettier-ignore
  };
  const isOld = now.getTime() - Date.parse(hold.raisedAt) > patienceMs;
  const { reason } = hold;
  if (reason === 'no_capacity') return false;
  if (reason === 'back_order' || reason === 'no_location')
    return (await press('reroute')) || (isOld && hold.decisions.includes('cancel') && press('cancel'));
  if (reason === 'address_incomplete' && visit !== undefined) return mendAddress(caller, orderId, visit.person); // rings the buyer
  return press(reason === 'payment_refunded' ? 'cancel' : 'release_hold');
}

async function mendAddress(caller: Caller, orderId: string, body: Acknowledged['visit']['person']): Promise<boolean> {
  const mended = caller.call(orders.changeRecipient, { params: { orderId }, body });
  return typeof (await unlessRefused(mended, 'order.wrong_state', 'fulfilment.too_late')) !== 'string';
}

/** Puts the rules that a policy names first; the others keep their order. */
export async function orderRoutingRules({ operations }: Staff, first: Policy['routing']): Promise<void> {
  if (first.length === 0) return;
  const now = await operations.call(routing.getRoutingRules);
  const named = first.flatMap((kind) => now.rules.filter((rule) => rule.kind === kind).map((rule) => ({ ...rule, isOn: true })));
  const rules = [...named, ...now.rules.filter(({ kind }) => !first.includes(kind))];
  await operations.call(routing.saveRoutingRules, { body: { ...now, rules } });
}

/** Takes one line of an order back. Answers what was refunded for it, fen; nothing when it cannot come back any more. */
export async function takeBack({ operations }: Staff, { orderId, visit }: Acknowledged): Promise<number | undefined> {
  const wanted = visit.returns;
  const open = await unlessRefused(operations.call(returns.getReturnable, { params: { orderId } }), 'order.not_found');
  if (typeof open === 'string' || wanted === undefined) return undefined;
  const possible = open.lines.filter(({ returnable }) => returnable > 0);
  const line = possible[wanted.line % Math.max(1, possible.length)];
  if (line === undefined) return undefined;
  const { reason, isSellable } = wanted;
  const serials = line.serials.slice(0, 1); // the number on the appliance that lies in the parcel
  const back = { lineNo: line.lineNo, quantity: 1, isSellable, ...(serials.length > 0 && { serials }) };
  const body = { reason, location: warehouse, lines: [back] };
  const taken = await unlessRefused(operations.call(returns.recordReturn, { params: { orderId }, body }), 'order.wrong_state');
  return typeof taken === 'string' ? undefined : taken.refundFen;
}
