import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import * as z from 'zod';
import { type CategoryRow, upsertCategories, upsertProducts } from '../base/catalog/index.ts';
import { upsertCustomers } from '../base/customers/index.ts';
import { createDemoStaff } from '../base/identity/index.ts';
import type { House } from '../house.ts';
import { type Ctx, system } from '../platform/ctx.ts';
import { type Db, inTx, run } from '../platform/db.ts';
import { emit, eventType } from '../platform/events.ts';
import { addDays, type Clock, dayOf, daysBetween, startOfDay } from '../platform/time.ts';
import { setPrices } from '../sell/pricing/index.ts';
import { saveLocations } from '../supply/inventory/index.ts';
import { saveSuppliers, saveSupplyTerms } from '../supply/purchasing/index.ts';
import { drawProduct } from './art.ts';
import { categories } from './assortment.ts';
import { demoSkus, pictures, products } from './catalogue.ts';
import { historyDays } from './demand.ts';
import { layRouting, placeHeldOrders } from './handling.ts';
import { openClosedLoop } from './closed-loop.ts';
import { type DayChanges, type DemoDay, tellHistory } from './history.ts';
import { openPastHouse, type PastHouse } from './past-house.ts';
import { layDelivery } from './carriers.ts';
import { workOnFloor } from './floor.ts';
import { layLots } from './lots.ts';
import { knowMembers, layMembership, rewardMembers } from './members.ts';
import { makeCustomers } from './people.ts';
import { openPromotions } from './promotions.ts';
import { addTrade, noTrade, recordOutside, type TradeSums } from './outside.ts';
import { createRandom, type Random } from './random.ts';
import { workInStock } from './stock-work.ts';
import { placeOpenOrders, registerSerialNumbers, setTargets } from './present.ts';
import { leaveWishes, writeVisits } from './visits.ts';
import { writeDays } from './write-history.ts';

const demoBegun = eventType('demo.begun', z.object({ seed: z.int(), now: z.iso.datetime() }));
const demoTold = eventType('demo.days_told', z.object({ upTo: z.iso.date() }));
const demoSeeded = eventType('demo.seeded', z.object({}));

export interface SeedParts {
  db: Db;
  house: House;
  clock: Clock;
  mediaDir: string;
  say: (text: string) => void;
  /** Fewer months, customers and days with visits make a smaller firm, for tests. */
  months?: number;
  customersMax?: number;
  visitDays?: number;
}

const daysPerStep = 14;

/**
 * Fills an empty house with the demo enterprise, once: assortment, people, eighteen months of trade up to this minute. Killed
 * half-way, the next call goes on where it stopped: every step commits with the mark that it is done.
 */
export async function seedDemo({
  db,
  house,
  clock,
  mediaDir,
  say,
  months = 18,
  customersMax = 6000,
  visitDays = 35,
}: SeedParts): Promise<boolean> {
  const step: Step = (work, now = clock()) => inTx(db, { actor: system('demo'), now }, work);
  if (await step((ctx) => findMark(ctx, demoSeeded.name))) return false;
  const { seed, now } = await step(begin);

  say('assortment, pictures, prices');
  await drawPictures(mediaDir);
  const days = historyDays(dayOf(now), months);
  await step((ctx) => layFoundations(ctx, days[0] ?? dayOf(now)), now);
  const random = createRandom(seed);
  const customers = makeCustomers(random, customersMax);
  const customerIds = await step((ctx) => saveCustomers(ctx, customers), now);

  const past = await openPastHouse({ db, house });
  const sums = await tellTrade(step, past, { seed, now, days, visitDays, customers, customerIds, random, say });

  say('targets, open orders');
  await step(async (ctx) => {
    await registerSerialNumbers(ctx);
    await setTargets(ctx, dayOf(now));
    await knowMembers(ctx, customers, customerIds);
    await workInStock(ctx, past.staff);
    await workOnFloor(ctx, { house, customers, customerIds, worker: past.staff('warehouse') });
    await placeOpenOrders(ctx, customers, customerIds);
    await placeHeldOrders(ctx, customers, customerIds);
    await openPromotions(ctx, past.staff);
    await layLots(ctx, { customers, customerIds });
    await leaveWishes(ctx);
    await recordOutside(ctx, { sums, seed, firstDay: days[0] ?? dayOf(now), today: dayOf(now), staff: past.staff });
    await emit(ctx, demoSeeded, {});
  });
  return true;
}

type Step = <T>(work: (ctx: Ctx) => Promise<T>, now?: Date) => Promise<T>;

interface Trade {
  seed: number;
  now: Date;
  days: readonly string[];
  visitDays: number;
  customers: ReturnType<typeof makeCustomers>;
  customerIds: ReadonlyMap<string, string>;
  random: Random;
  say: (text: string) => void;
}

/** Trade up to this minute, fourteen days a step; in the last five weeks a day a step, with what playbooks made of it between. */
async function tellTrade(
  step: Step,
  past: PastHouse,
  { seed, now, days, visitDays, customers, customerIds, random, say }: Trade,
): Promise<TradeSums> {
  const told = await step((ctx) => findMark(ctx, demoTold.name));
  const toldUpTo = told === undefined ? '' : demoTold.payload.parse(told).upTo;
  const today = dayOf(now);
  const loop = openClosedLoop({ past, today });
  let changes: DayChanges = nothingChanged;
  const history = tellHistory({
    skus: demoSkus,
    customers,
    days: [...days, today],
    until: now,
    random,
    changesOn: () => changes,
  });
  const names = { customerIds, now, warehouse: past.staff('warehouse') };
  const skus = demoSkus.map(({ sku }) => sku);
  const visitsFrom = days.at(-visitDays) ?? '';

  const sums = noTrade();
  let some: DemoDay[] = [];
  for (const day of [...days, today]) {
    const isSlow = day >= loop.firstDay;
    if (isSlow) changes = await loop.changesOn(day);
    const next = history.next();
    if (next.done) break;
    some.push(next.value);
    addTrade(sums, next.value);
    if (some.length < daysPerStep && !isSlow && addDays(day, 1) < loop.firstDay) continue;
    const written = some;
    some = [];
    if (day > toldUpTo) {
      if (!isSlow || day.endsWith('0') || day === today) say(`trade up to ${day}`);
      await step(async (ctx) => {
        await writeDays(ctx, written, names);
        await rewardMembers(ctx, written, names);
        for (const one of written)
          if (one.day >= visitsFrom) await writeVisits(ctx, one, createRandom(seed + daysBetween('2020-01-01', one.day)), skus);
        await emit(ctx, demoTold, { upTo: day });
      }, now);
    }
    if (isSlow && day >= toldUpTo) await loop.afterDay(day);
  }
  await loop.now(now);
  return sums;
}

const nothingChanged: DayChanges = { prices: new Map(), arrivals: [] };

async function findMark(ctx: Ctx, name: string): Promise<unknown> {
  const [row] = await run(
    ctx.tx,
    sql<{ payload: unknown }>`select payload from platform.event where name = ${name} order by xid desc, seq desc limit 1`,
  );
  return row?.payload;
}

/** The first call decides the seed and the minute that the history ends; later calls go on with the same. */
async function begin(ctx: Ctx): Promise<{ seed: number; now: Date }> {
  const mark = await findMark(ctx, demoBegun.name);
  const begun = mark === undefined ? { seed: 20_261_122, now: ctx.now.toISOString() } : demoBegun.payload.parse(mark);
  if (mark === undefined) await emit(ctx, demoBegun, begun);
  return { seed: begun.seed, now: new Date(begun.now) };
}

async function drawPictures(mediaDir: string): Promise<void> {
  for (const picture of pictures) {
    const file = join(mediaDir, picture.file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, drawProduct(picture));
  }
}

async function layFoundations(ctx: Ctx, firstDay: string): Promise<void> {
  await saveLocations(ctx, [
    { code: 'WH1', name: '嘉兴中心仓', nameEn: 'Jiaxing warehouse', kind: 'warehouse' },
    { code: 'S01', name: '杭州湖滨店', nameEn: 'Hangzhou Hubin store', kind: 'store' },
    { code: 'S02', name: '上海徐家汇店', nameEn: 'Shanghai Xujiahui store', kind: 'store' },
    { code: 'S03', name: '南京新街口店', nameEn: 'Nanjing Xinjiekou store', kind: 'store' },
  ]);
  await createDemoStaff(ctx);
  await upsertCategories(
    ctx,
    categories.map((category, position): CategoryRow => ({ ...category, position })),
  );
  await upsertProducts(ctx, products());
  const validFrom = startOfDay(firstDay);
  await setPrices(
    ctx,
    demoSkus.map(({ sku, priceFen }) => ({ sku, amountFen: priceFen, validFrom })),
    'demo',
  );
  await layDelivery(ctx);
  await layRouting(ctx);
  await layMembership(ctx, firstDay);
  await saveSuppliers(ctx, [
    { code: 'SUP-A', name: '嘉兴织造厂', leadTimeDays: 14 },
    { code: 'SUP-F', name: '谷源食品合作社', leadTimeDays: 7 },
    { code: 'SUP-E', name: '佛山恒电电器', leadTimeDays: 10 },
  ]);
  const supplierOf = { apparel: 'SUP-A', food: 'SUP-F', appliance: 'SUP-E' };
  await saveSupplyTerms(
    ctx,
    demoSkus.map(({ sku, item, costFen }) => ({
      sku,
      supplier: supplierOf[item.line],
      unitCostFen: costFen,
      minimumQuantity: item.line === 'appliance' ? 6 : 12,
      packSize: item.line === 'appliance' ? 2 : 4,
      leadTimeDays: null,
      isPreferred: true,
    })),
  );
}

async function saveCustomers(ctx: Ctx, customers: ReturnType<typeof makeCustomers>): Promise<Map<string, string>> {
  const saved = await upsertCustomers(
    ctx,
    customers.map(({ externalId, name, phone }) => ({ source: 'store' as const, externalId, name, phone })),
  );
  return new Map(saved.map(({ externalId, customerId }) => [externalId, customerId]));
}
