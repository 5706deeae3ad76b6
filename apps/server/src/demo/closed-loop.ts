// The last five weeks of the demo, with its playbooks at work: what they proposed, who decided, what came of it.
import { playbooks as contract, purchasing } from '@tongshang/contract';
import { addDays, addMs, dayOf, daysBetween, startOfDay } from '../platform/time.ts';
import { pricesAt } from '../sell/pricing/index.ts';
import { firingSignals } from '../steer/warnings/index.ts';
import { barcodeOf, demoSkus } from './catalogue.ts';
import type { DayChanges, DemoArrival } from './history.ts';
import type { PastHouse } from './past-house.ts';

export interface ClosedLoop {
  /** From this day on a step of the history is one day. */
  firstDay: string;
  /** What was decided about a day before it began: read from the database, so that a repeated seed tells the same. */
  changesOn: (day: string) => Promise<DayChanges>;
  /** What people and playbooks did on the morning after. Safe to repeat: everything in it happens once. */
  afterDay: (day: string) => Promise<void>;
  /** One look at the present, so that whoever opens the door finds proposals that wait for a person. */
  now: (now: Date) => Promise<void>;
}

/** Mornings, in days before today, on which the warnings are looked at and answered; the first also marks slow movers down. */
const looks = [35, 27, 20, 13];
const minute = 60_000;
const words = {
  deeper: '换季清仓：往年八折没人看，这次打七折，留一半做对照。',
  agreed: '同意。先跑两周，看对照组再决定要不要全场。',
  notNow: '这一组先不动价，等上一轮降价的结果出来再看。',
  order: '同意，按建议量补货。',
} as const;

export function openClosedLoop({ past, today }: { past: PastHouse; today: string }): ClosedLoop {
  return {
    firstDay: addDays(today, -Math.max(...looks) - 1),
    // what is due today is left for the warehouse
    changesOn: async (day) => ({
      prices: await markedDownOn(past, day),
      arrivals: day < today ? await arrivalsOn(past, day) : [],
    }),
    afterDay: async (day) => {
      const morning = addMs(startOfDay(addDays(day, 1)), 9 * 60 * minute);
      const daysAgo = daysBetween(dayOf(morning), today);
      const arrived = await arrivalsOn(past, day);
      if (daysAgo < 1 || (arrived.length === 0 && !looks.includes(daysAgo))) return;
      await past.fillAnalytics();
      await measureOrders(past, day, morning);
      if (!looks.includes(daysAgo)) return;
      await measureMarkdowns(past, morning);
      await lookAtWarnings(past, morning);
      await answerWarnings(past, morning, daysAgo === looks[0]);
    },
    now: async (now) => {
      await past.fillAnalytics();
      await measureOrders(past, addDays(today, -1), now);
      await lookAtWarnings(past, addMs(now, -4 * minute));
      const at = addMs(now, -minute);
      await proposeOrders(past, at, () => true);
      await past.work('playbooks/propose-markdowns', {}, at);
    },
  };
}

/** When the warehouse books what arrived. */
export const receiptTime = (day: string): Date => addMs(startOfDay(day), 10 * 60 * minute);

async function markedDownOn(past: PastHouse, day: string): Promise<Map<string, number>> {
  const at = addMs(startOfDay(day), 12 * 60 * minute);
  const skus = demoSkus.map(({ sku }) => sku);
  const prices = await past.read(({ tx }) => pricesAt(tx, { skus, channel: 'shop', at }), at);
  return new Map([...prices].flatMap(([sku, { kind, amountFen }]) => (kind === 'markdown' ? [[sku, amountFen] as const] : [])));
}

/** Suppliers keep their day; every third SKU comes a day late. */
async function arrivalsOn(past: PastHouse, day: string): Promise<(DemoArrival & { decisionId: string })[]> {
  const { items } = await past.call('warehouse', startOfDay(day), purchasing.listPurchases, { query: { limit: 200 } });
  const near = items.filter(({ expectedOn }) => expectedOn === day || addDays(expectedOn, 1) === day);
  const arrivals: (DemoArrival & { decisionId: string })[] = [];
  for (const { id, cause, location, expectedOn } of near) {
    const { lines } = await past.call('warehouse', startOfDay(day), purchasing.getPurchase, { params: { id } });
    const decisionId = cause.slice('decision:'.length);
    for (const { lineNo, sku, quantity } of lines)
      if (addDays(expectedOn, isLate(sku) ? 1 : 0) === day)
        arrivals.push({ purchaseId: id, decisionId, lineNo, sku, location, quantity });
  }
  return arrivals.toSorted(bySku);
}

const isLate = (sku: string): boolean => Number(barcodeOf(sku).slice(-2)) % 3 === 0;
const bySku = (a: { sku: string }, b: { sku: string }): number => (a.sku < b.sku ? -1 : 1);

/** The effect of what arrived on a day, once the playbooks know that it did. */
async function measureOrders(past: PastHouse, day: string, at: Date): Promise<void> {
  await past.tellPlaybooks(receiptTime(day));
  for (const { decisionId } of await arrivalsOn(past, day)) await past.work('playbooks/measure-cover', { decisionId }, at);
}

async function measureMarkdowns(past: PastHouse, at: Date): Promise<void> {
  await past.work('playbooks/tend-decisions', {}, at);
  for (const { id } of await decisionsIn(past, at, { state: 'carried_out', playbook: 'slow_mover' }))
    await past.work('playbooks/measure-markdown', { decisionId: id }, at); // one whose window still runs is left alone
}

/** Twice, further apart than the hold time of a SKU's line. */
async function lookAtWarnings(past: PastHouse, at: Date): Promise<void> {
  await past.work('warnings/evaluate-rules', {}, at);
  await past.work('warnings/evaluate-rules', {}, addMs(at, 3 * minute));
  await past.tellPlaybooks(addMs(at, 3 * minute));
}

async function answerWarnings(past: PastHouse, morning: Date, isFirst: boolean): Promise<void> {
  const at = (minutes: number) => addMs(morning, minutes * minute);
  // Appliances would need the serial numbers of deliveries that the history sells by count: they wait for today.
  const counted = new Set(demoSkus.filter(({ item }) => item.line !== 'appliance').map(({ sku }) => sku));
  await proposeOrders(past, at(4), (sku) => counted.has(sku));
  await carryOutApproved(past, at(5));
  if (isFirst) await past.work('playbooks/propose-markdowns', {}, at(4));

  for (const { id, version } of await decisionsIn(past, at(50), { state: 'proposed', playbook: 'cover' }))
    await past.call('operations', at(50), contract.approveDecision, { params: { id }, body: { version, note: words.order } });
  if (isFirst) await decideMarkdowns(past, at);
  await carryOutApproved(past, at(101));
}

async function carryOutApproved(past: PastHouse, at: Date): Promise<void> {
  for (const { id } of await decisionsIn(past, at, { state: 'approved' }))
    await past.work('playbooks/carry-out', { decisionId: id }, at);
}

async function proposeOrders(past: PastHouse, at: Date, isWanted: (sku: string) => boolean): Promise<void> {
  const low = await past.read(({ tx }) => firingSignals(tx, 'days_of_cover'), at);
  for (const { id, entityKey } of low.toSorted(byEntity))
    if (isWanted(entityKey)) await past.work('playbooks/propose-cover', { signalId: id }, at);
}

/** Of the groups that lie too long the dearest is marked down, deeper than the rule proposed; the others wait for its result. */
async function decideMarkdowns(past: PastHouse, at: (minutes: number) => Date): Promise<void> {
  const proposed = await decisionsIn(past, at(70), { state: 'proposed', playbook: 'slow_mover' });
  const isTried = (await decisionsIn(past, at(70), { playbook: 'slow_mover' })).some(
    ({ decidedBy, state }) => decidedBy !== null && state !== 'rejected',
  );
  const [first, ...others] = isTried ? [] : proposed.toSorted((a, b) => b.amountFen - a.amountFen);
  if (first !== undefined) {
    const { id } = first;
    const change = { playbook: 'slow_mover', depthBp: 3000 } as const;
    const changed = await past.call('admin', at(70), contract.changeProposal, {
      params: { id },
      body: { version: first.version, change, note: words.deeper },
    });
    await past.call('marketer', at(100), contract.approveDecision, {
      params: { id },
      body: { version: changed.version, note: words.agreed },
    });
  }
  for (const { id, version } of isTried ? proposed : others)
    await past.call('marketer', at(100), contract.rejectDecision, { params: { id }, body: { version, reason: words.notNow } });
}

const byEntity = (a: { entityKey: string }, b: { entityKey: string }): number => (a.entityKey < b.entityKey ? -1 : 1);

async function decisionsIn(
  past: PastHouse,
  at: Date,
  query: { state?: 'proposed' | 'approved' | 'carried_out'; playbook?: 'cover' | 'slow_mover' },
) {
  const { items } = await past.call('executive', at, contract.listDecisions, { query: { ...query, limit: 200 } });
  return items.toSorted(byEntity); // one order in every telling: ids and numbers are drawn anew
}
