// One run: a firm's days, hour by hour, on a house of its own, with every promise looked at when a day is over.
import { addDays, startOfDay } from '../../apps/server/src/platform/time.ts';
import { type Assortment, layFirm } from './assortment.ts';
import { type Arrival, type Buyer, createBuyer } from './buying.ts';
import type { Caller } from './call.ts';
import type { Visit } from './demand.ts';
import { type Carriers, createCarriers } from './carriers.ts';
import { type DayFigures, newTally, readFigures, readStockValue, type Tally } from './figures.ts';
import { collect, workFloor } from './floor.ts';
import { openHouse, type SimulatedHouse } from './house.ts';
import type { Policy } from './policy.ts';
import { type Broken, findBroken, type Told } from './promises.ts';
import { processorSeconds } from './processor.ts';
import { type Acknowledged, changeMind, payAgain, shop } from './shoppers.ts';
import { openPromotion, orderRoutingRules, readScreen, signIn, type Staff, takeBack, workDesk } from './staff.ts';

export interface RunPlan {
  seed: number;
  from: string;
  assortment: Assortment;
  /** The visits of each day. */
  demand: readonly (readonly Visit[])[];
  policy: Policy;
  openingDays: number;
  /** Hours at which time is told and work done, from early to late; every waking hour when absent. */
  hours?: readonly number[];
  /** Called when a day is over, before its promises are looked at. */
  afterDay?: (house: SimulatedHouse, day: string) => Promise<void>;
  say: (text: string) => void;
}

export interface RunResult {
  policy: Policy;
  days: DayFigures[];
  /** The day on which promises broke, and which; undefined when all held. */
  broken: { day: string; promises: readonly Broken[] } | undefined;
  seconds: number;
  /** Of the processor, in all processes; undefined where the system does not tell. */
  cpuSeconds: number | undefined;
}

/** Runs the days until the end or the first broken promise. */
export async function runDays(plan: RunPlan): Promise<RunResult> {
  const { from, demand, policy, say } = plan;
  const began = { at: performance.now(), cpu: processorSeconds() ?? 0 };
  const spent = () => {
    const cpu = processorSeconds();
    return { seconds: (performance.now() - began.at) / 1000, cpuSeconds: cpu === undefined ? undefined : cpu - began.cpu };
  };
  const start = startOfDay(from);
  const house = await openHouse(start);
  try {
    await layFirm(house.seedDb, plan.assortment, { now: start, from, openingDays: plan.openingDays });
    const firm = await openFirm(plan, house);
    for (const [index, visits] of demand.entries()) {
      const day = addDays(from, index);
      await runDay(firm, day, visits);
      await plan.afterDay?.(house, day);
      const promises = await findBroken(house.reads, await toldBy(firm, index));
      say(progressOf({ policy, day, index, of: demand.length, tally: firm.tallies.at(-1), ...spent() }));
      if (promises.length > 0) return { policy, days: await figuresOf(firm), broken: { day, promises }, ...spent() };
    }
    return { policy, days: await figuresOf(firm), broken: undefined, ...spent() };
  } finally {
    await house.stop();
  }
}

/** What the house told whoever asked; figures of a day are there when the next one has begun. */
async function toldBy({ plan, staff, known }: Firm, index: number): Promise<Told> {
  const screens = index === 0 ? [] : [await readScreen(staff, addDays(plan.from, index - 1))];
  return { orders: [...known.values()], screens };
}

interface Firm {
  plan: RunPlan;
  house: SimulatedHouse;
  staff: Staff;
  buyer: Buyer;
  carriers: Carriers;
  known: Map<string, Acknowledged>;
  arrivals: Arrival[];
  /** By business day: orders whose buyers come to the store for them, orders whose goods come back. */
  collecting: Map<string, Acknowledged[]>;
  homecoming: Map<string, Acknowledged[]>;
  /** Signed-in browsers, by phone. */
  members: Map<string, Caller>;
  /** Those who were declined, and those who will call their order off an hour later. */
  again: Acknowledged[];
  wavering: Acknowledged[];
  tallies: Tally[];
}

async function openFirm(plan: RunPlan, house: SimulatedHouse): Promise<Firm> {
  await house.tell(startOfDay(plan.from), hourOf(plan.from, 1));
  const staff = await signIn(house.console);
  const { seed, from, policy, assortment } = plan;
  await openPromotion(staff, from);
  await orderRoutingRules(staff, policy.routing);
  const buyer = createBuyer({ seed, from, policy, goods: assortment.goods, ...staff });
  const carriers = createCarriers({ office: staff.operations, origin: house.shop });
  return { plan, house, staff, buyer, carriers, known: new Map(), arrivals: [], collecting: new Map(), homecoming: new Map(), members: new Map(), again: [], wavering: [], tallies: [] }; // prettier-ignore
}

const figuresOf = (firm: Firm): Promise<DayFigures[]> => readFigures(firm.house.reads, firm.tallies);
const hourOf = (day: string, hour: number): Date => new Date(startOfDay(day).getTime() + hour * 3_600_000);

/** Hours at which something happens; at night nobody needs to be woken. */
const wakingHours = [1, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 20, 22];

async function runDay(firm: Firm, day: string, visits: readonly Visit[]): Promise<void> {
  const tally = newTally(day, visits.length);
  firm.tallies.push(tally);
  const { hours = wakingHours } = firm.plan;
  for (const [index, hour] of hours.entries()) {
    const next = hours[index + 1];
    const until = next === undefined ? hourOf(addDays(day, 1), hours[0] ?? 0) : hourOf(day, next);
    await firm.house.tell(hourOf(day, hour), until);
    await workAt(firm, day, hour);
    const first = index === 0 ? startOfDay(day) : hourOf(day, hour);
    const last = next === undefined ? startOfDay(addDays(day, 1)) : until;
    await serve(firm, tally, visits.filter(({ at }) => at >= first && at < last)); // prettier-ignore
    await firm.house.settle();
  }
  firm.buyer.endDay();
  tally.stockValueFen = await readStockValue(firm.house.reads);
}

async function serve(firm: Firm, tally: Tally, visits: readonly Visit[]): Promise<void> {
  if (visits.length === 0) return;
  const outcomes = await shop(firm.house.shop, visits, firm.members);
  for (const { served, order } of outcomes) {
    tally.served.push(...served);
    for (const { sku, sold } of served) if (sold > 0) firm.buyer.noteSold(sku, sold);
    if (order === undefined) continue;
    firm.known.set(order.orderId, order);
    if (order.visit.pays === 'after_a_decline') firm.again.push(order);
    if (order.visit.changesMind) firm.wavering.push(order);
  }
  if (firm.again.length > 0) {
    await firm.house.settle(); // the house has to hear of the decline first
    for (const order of firm.again.splice(0)) await payAgain(order);
  }
}

/** What the hour brings: second thoughts, the buyer and suppliers in the morning, orders that wait, parcels, carriers, the store's door, returns. */
async function workAt(firm: Firm, day: string, hour: number): Promise<void> {
  const { plan, staff, buyer, house, carriers } = firm;
  const tally = firm.tallies.at(-1) ?? newTally(day, 0);
  for (const order of firm.wavering.splice(0)) await changeMind(order);
  if (hour === buyingHour) firm.arrivals.push(...(await buyer.review(day)));
  if (hour === receivingHour) await receive(firm, day, tally);
  if (plan.policy.lookHours.includes(hour)) {
    const { decided } = await workDesk(staff, { known: firm.known, now: hourOf(day, hour) });
    for (const [reason, count] of decided) tally.decided.set(reason, (tally.decided.get(reason) ?? 0) + count);
  }
  if (plan.policy.shipHours.includes(hour)) await ship(firm, day, { tally, isFirst: plan.policy.shipHours[0] === hour });
  await carriers.report(day, hour);
  if (hour === doorHour)
    for (const order of firm.collecting.get(day) ?? [])
      if ((await collect(staff.warehouse, order)) && order.visit.returns !== undefined)
        append(firm.homecoming, addDays(day, order.visit.returns.afterDays), order);
  if (hour === returnsHour) for (const order of firm.homecoming.get(day) ?? []) await takeBack(staff, order);
  await house.settle();
}

const buyingHour = 8;
const receivingHour = 9;
const returnsHour = 15;
const doorHour = 18;

async function receive(firm: Firm, day: string, tally: Tally): Promise<void> {
  for (const arrival of firm.arrivals.filter(({ on }) => on <= day)) {
    await firm.buyer.receive(arrival, day);
    tally.receipts += 1;
    if (arrival.isFaulty) tally.faultyReceipts += 1;
  }
  firm.arrivals = firm.arrivals.filter(({ on }) => on > day);
}

/** What is ready to go leaves; a pick-up that is ready now waits for its buyer from the next day on. */
async function ship(firm: Firm, day: string, { tally, isFirst }: { tally: Tally; isFirst: boolean }): Promise<void> {
  const { plan, staff, known, carriers, house } = firm;
  const { sent, ready, rejected, short } = await workFloor(staff.warehouse, { seed: plan.seed, day, known, prints: isFirst });
  tally.rejected += rejected;
  tally.short += short;
  await house.settle(); // what was refused is routed anew; it leaves with the next driver
  for (const parcel of sent) {
    const orders = parcel.orderIds.flatMap((orderId) => known.get(orderId) ?? []);
    const [first] = orders;
    if (first === undefined) continue;
    const arrivesOn = carriers.take(parcel, day, first.visit);
    for (const order of orders)
      if (order.visit.returns !== undefined) append(firm.homecoming, addDays(arrivesOn, order.visit.returns.afterDays), order);
  }
  for (const orderId of ready) {
    const order = known.get(orderId);
    const afterDays = order?.visit.collects?.afterDays; // undefined: nobody comes
    if (order !== undefined && afterDays !== undefined) append(firm.collecting, addDays(day, afterDays), order);
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

interface Progress {
  policy: Policy;
  day: string;
  index: number;
  of: number;
  tally: Tally | undefined;
  seconds: number;
}

function progressOf({ policy, day, index, of, tally, seconds }: Progress): string {
  const units = (tally?.served ?? []).reduce((sum, { sold }) => sum + sold, 0);
  return `${policy.name}  day ${String(index + 1).padStart(String(of).length)}/${of}  ${day}  ${tally?.visits ?? 0} visits, ${units} units sold  ${seconds.toFixed(0)} s`;
}
