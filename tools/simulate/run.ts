// One run: a firm's days, hour by hour, on a house of its own, with every promise looked at when a day is over.
import { addDays, startOfDay } from '../../apps/server/src/platform/time.ts';
import { type Assortment, layFirm } from './assortment.ts';
import { type Arrival, type Buyer, createBuyer } from './buying.ts';
import type { Caller } from './call.ts';
import type { Visit } from './demand.ts';
import { type DayFigures, readFigures, readStockValue, type Tally } from './figures.ts';
import { openHouse, type SimulatedHouse } from './house.ts';
import type { Policy } from './policy.ts';
import { type Broken, findBroken } from './promises.ts';
import { type Acknowledged, changeMind, payAgain, shop } from './shoppers.ts';
import { helpWaiting, markDelivered, openPromotion, shipReleased, signIn, type Staff, takeBack } from './staff.ts';

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
}

/** Runs the days until the end or the first broken promise. */
export async function runDays(plan: RunPlan): Promise<RunResult> {
  const { from, demand, policy, say } = plan;
  const began = performance.now();
  const start = startOfDay(from);
  const house = await openHouse(start);
  try {
    await layFirm(house.seedDb, plan.assortment, { now: start, from, openingDays: plan.openingDays });
    const firm = await openFirm(plan, house);
    for (const [index, visits] of demand.entries()) {
      const day = addDays(from, index);
      await runDay(firm, day, visits);
      await plan.afterDay?.(house, day);
      const promises = await findBroken(house.reads, { orders: [...firm.known.values()] });
      const seconds = (performance.now() - began) / 1000;
      say(progressOf({ policy, day, index, of: demand.length, tally: firm.tallies.at(-1), seconds }));
      if (promises.length > 0) return { policy, days: await figuresOf(firm), broken: { day, promises }, seconds };
    }
    return { policy, days: await figuresOf(firm), broken: undefined, seconds: (performance.now() - began) / 1000 };
  } finally {
    await house.stop();
  }
}

interface Firm {
  plan: RunPlan;
  house: SimulatedHouse;
  staff: Staff;
  buyer: Buyer;
  known: Map<string, Acknowledged>;
  arrivals: Arrival[];
  /** By business day: order ids that the carrier brings, orders whose goods come back. */
  deliveries: Map<string, string[]>;
  homecoming: Map<string, Acknowledged[]>;
  /** Those who were declined, and those who will call their order off an hour later. */
  /** Signed-in browsers, by phone. */
  members: Map<string, Caller>;
  again: Acknowledged[];
  wavering: Acknowledged[];
  tallies: Tally[];
}

async function openFirm(plan: RunPlan, house: SimulatedHouse): Promise<Firm> {
  await house.tell(startOfDay(plan.from), hourOf(plan.from, 1));
  const staff = await signIn(house.console);
  await openPromotion(staff, plan.from);
  const { seed, from, policy, assortment } = plan;
  const buyer = createBuyer({ seed, from, policy, goods: assortment.goods, ...staff });
  return { plan, house, staff, buyer, known: new Map(), arrivals: [], deliveries: new Map(), homecoming: new Map(), members: new Map(), again: [], wavering: [], tallies: [] }; // prettier-ignore
}

const figuresOf = (firm: Firm): Promise<DayFigures[]> => readFigures(firm.house.reads, firm.tallies);
const hourOf = (day: string, hour: number): Date => new Date(startOfDay(day).getTime() + hour * 3_600_000);

/** Hours at which something happens; at night nobody needs to be woken. */
const wakingHours = [1, ...Array.from({ length: 18 }, (_, index) => index + 6)];

async function runDay(firm: Firm, day: string, visits: readonly Visit[]): Promise<void> {
  const tally: Tally = { day, visits: visits.length, served: [], stockValueFen: 0 };
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

/** What the hour brings: second thoughts, suppliers and the buyer in the morning, held orders, parcels, carriers, returns. */
async function workAt(firm: Firm, day: string, hour: number): Promise<void> {
  const { plan, staff, buyer, house } = firm;
  for (const order of firm.wavering.splice(0)) await changeMind(order);
  if (hour === 8) firm.arrivals.push(...(await buyer.review(day)));
  if (hour === 9) {
    for (const arrival of firm.arrivals.filter(({ on }) => on <= day)) await buyer.receive(arrival, day);
    firm.arrivals = firm.arrivals.filter(({ on }) => on > day);
  }
  if (plan.policy.lookHours.includes(hour)) await helpWaiting(staff, firm.known);
  if (plan.policy.shipHours.includes(hour)) {
    for (const orderId of await shipReleased(staff, day)) {
      const order = firm.known.get(orderId);
      if (order === undefined) continue;
      append(firm.deliveries, addDays(day, order.visit.daysOnTheWay), orderId);
      if (order.visit.returns !== undefined) append(firm.homecoming, addDays(day, order.visit.returns.afterDays), order);
    }
  }
  if (hour === 14) await markDelivered(staff, firm.deliveries.get(day) ?? []);
  if (hour === 15) for (const order of firm.homecoming.get(day) ?? []) await takeBack(staff, order);
  await house.settle();
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
