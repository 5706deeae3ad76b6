import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import * as z from 'zod';
import { type CategoryRow, upsertCategories, upsertProducts } from '../base/catalog/index.ts';
import { upsertCustomers } from '../base/customers/index.ts';
import { createDemoStaff } from '../base/identity/index.ts';
import { type Ctx, system } from '../platform/ctx.ts';
import { type Db, inTx, run } from '../platform/db.ts';
import { emit, eventType } from '../platform/events.ts';
import { type Clock, dayOf, startOfDay } from '../platform/time.ts';
import { setPrices } from '../sell/pricing/index.ts';
import { saveLocations } from '../supply/inventory/index.ts';
import { saveSuppliers, saveSupplyTerms } from '../supply/purchasing/index.ts';
import { drawProduct } from './art.ts';
import { categories } from './assortment.ts';
import { demoSkus, pictures, products } from './catalogue.ts';
import { historyDays } from './demand.ts';
import { type DemoDay, tellHistory } from './history.ts';
import { makeCustomers } from './people.ts';
import { createRandom } from './random.ts';
import { placeOpenOrders, registerSerialNumbers, setTargets } from './present.ts';
import { writeDays, writeVisits } from './write-history.ts';

const demoBegun = eventType('demo.begun', z.object({ seed: z.int(), now: z.iso.datetime() }));
const demoTold = eventType('demo.days_told', z.object({ upTo: z.iso.date() }));
const demoSeeded = eventType('demo.seeded', z.object({}));

export interface SeedParts {
  db: Db;
  clock: Clock;
  mediaDir: string;
  say: (text: string) => void;
  /** Fewer months and customers make a smaller firm, for tests. */
  months?: number;
  customersMax?: number;
}

const daysPerStep = 14;
const visitDays = 35;

/**
 * Fills an empty house with the demo enterprise, once: assortment, people, eighteen months of trade up to this minute. Killed
 * half-way, the next call goes on where it stopped: every step commits with the mark that it is done.
 */
export async function seedDemo({ db, clock, mediaDir, say, months = 18, customersMax = 6000 }: SeedParts): Promise<boolean> {
  const step = <T>(work: (ctx: Ctx) => Promise<T>, now = clock()) => inTx(db, { actor: system('demo'), now }, work);
  if (await step((ctx) => findMark(ctx, demoSeeded.name))) return false;
  const { seed, now } = await step(begin);

  say('assortment, pictures, prices');
  await drawPictures(mediaDir);
  const days = historyDays(dayOf(now), months);
  await step((ctx) => layFoundations(ctx, days[0] ?? dayOf(now)), now);
  const random = createRandom(seed);
  const customers = makeCustomers(random, customersMax);
  const customerIds = await step((ctx) => saveCustomers(ctx, customers), now);

  const told = await step((ctx) => findMark(ctx, demoTold.name));
  const toldUpTo = told === undefined ? '' : demoTold.payload.parse(told).upTo;
  const history = tellHistory({ skus: demoSkus, customers, days: [...days, dayOf(now)], until: now, random });
  for (const some of inSteps(history, daysPerStep)) {
    const upTo = some.at(-1)?.day ?? '';
    if (upTo <= toldUpTo) continue;
    say(`trade up to ${upTo}`);
    await step(async (ctx) => {
      await writeDays(ctx, some, { customerIds, now });
      const seen = some.filter(({ day }) => day >= (days.at(-visitDays) ?? ''));
      await writeVisits(
        ctx,
        seen,
        createRandom(seed + some.length + seen.length),
        demoSkus.map(({ sku }) => sku),
      );
      await emit(ctx, demoTold, { upTo });
    }, now);
  }

  say('targets, open orders');
  await step(async (ctx) => {
    await registerSerialNumbers(ctx);
    await setTargets(ctx, dayOf(now));
    await placeOpenOrders(ctx, customers, customerIds);
    await emit(ctx, demoSeeded, {});
  });
  return true;
}

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

function* inSteps(days: Iterable<DemoDay>, size: number): Generator<DemoDay[]> {
  let some: DemoDay[] = [];
  for (const day of days) {
    some.push(day);
    if (some.length === size) {
      yield some;
      some = [];
    }
  }
  if (some.length > 0) yield some;
}
