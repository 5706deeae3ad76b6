import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { promotions } from '@tongshang/contract';
import { aShopper, aStaff, useWorld, type World } from '../../test/world.ts';
import type { House } from '../house.ts';
import { run } from '../platform/db.ts';
import { findDrift as findPointDrift } from '../base/membership/index.ts';
import { availabilityOf, findDrift } from '../supply/inventory/index.ts';
import { barcodeOf, demoSkus, pictures, products } from './catalogue.ts';
import { kits } from './members.ts';
import { seedDemo } from './seed.ts';

// Two months and three hundred customers: seeded without a break, and once more with a break in the middle.
const unbroken = useWorld();
const broken = useWorld();
const now = '2026-11-22T04:00:00Z';
let mediaDir: string;

const seedIn = (world: World, say: (text: string) => void = () => undefined, house: House = world.house) =>
  seedDemo({ db: world.db, house, clock: world.clock.now, mediaDir, say, months: 2, customersMax: 300, visitDays: 2 });

/** Everything of the demo that has a number, in one row; ids and the instants of writing are left out. */
const totalsOf = (world: World) =>
  world.inTx((tx) =>
    run(
      tx,
      sql`select (select count(*)::int from orders."order") as orders, (select sum(total_fen)::bigint from orders."order") as "totalFen",
        (select count(*)::int from orders.line) as lines, (select count(*)::int from returns.return) as returns,
        (select count(*)::int from inventory.movement) as movements, (select sum(on_hand)::int from inventory.stock) as "onHand",
        (select sum(on_hand)::int from inventory.lot) as "inLots", (select count(*)::int from inventory.serial) as serials,
        (select count(*)::int from collection.batch) as batches, (select md5(string_agg(name || channel || campaign || from_on || value, ',' order by name, channel, campaign, from_on))
          from observations.line l join observations.observation o on o.line_id = l.id join observations.version v on v.observation_id = o.id) as outside, (select count(*)::int from customers.customer) as customers,
        (select count(*)::int from targets.target) as targets, (select count(*)::int from membership.points_ledger) as "pointEntries",
        (select sum(points)::int from membership.standing) as points, (select count(*)::int from customers.segment_member) as "inSegments", (select count(*)::int from playbooks.decision) as decisions,
        (select count(*)::int from playbooks.step) as steps, (select count(*)::int from purchasing.receipt) as receipts,
        (select md5(string_agg(external_id || total_fen || state || placed_at, ',' order by channel, external_id)) from orders."order"
          where external_id is not null) as "ordersHash",
        (select md5(string_agg(sku || location || on_hand, ',' order by sku, location)) from inventory.stock) as "stockHash"`,
    ),
  );

beforeAll(async () => {
  mediaDir = await mkdtemp(join(tmpdir(), 'tongshang-demo-'));
  unbroken.clock.set(now);
  broken.clock.set(now);
  await seedIn(unbroken);
}, 60_000);
afterAll(() => rm(mediaDir, { recursive: true, force: true }));

test('a second call changes nothing', async () => {
  const [before] = await totalsOf(unbroken);
  expect(before).toMatchObject({ customers: 300 });
  unbroken.clock.advance(3_600_000);
  expect(await seedIn(unbroken)).toBe(false);
  expect(await totalsOf(unbroken)).toEqual([before]);
});

test("killed in the middle of trade and of the playbooks' work, and told again, it ends up as if nothing had happened", async () => {
  const killed = new Error('killed');
  const stopAt = (wanted: string) => (text: string) => {
    if (text.includes(wanted)) throw killed;
  };
  const stopAfter = (name: string): House => ({
    ...broken.house,
    jobs: broken.house.jobs.map((job) =>
      job.type.name === name ? { ...job, work: (...given) => job.work(...given).then(() => Promise.reject(killed)) } : job,
    ),
  });
  await expect(seedIn(broken, undefined, stopAfter('playbooks/propose-cover'))).rejects.toBe(killed);
  broken.clock.advance(60_000);
  await expect(seedIn(broken, undefined, stopAfter('playbooks/measure-cover'))).rejects.toBe(killed);
  await expect(seedIn(broken, stopAt('open orders'))).rejects.toBe(killed);
  expect(await seedIn(broken)).toBe(true);
  expect(await totalsOf(broken)).toEqual(await totalsOf(unbroken));
}, 60_000);

test('every unit of a lot that trade took off a shelf went to an order, so that a recall finds all buyers of the past', async () => {
  const [units] = await unbroken.inTx((tx) =>
    run(
      tx,
      sql<{ shipped: number; sent: number; orders: number }>`select
        (select -sum(quantity)::int from inventory.movement where lot is not null and kind = 'shipment' and cause like 'sales:%') as shipped,
        (select sum(quantity)::int from inventory.dispatch where cause like 'sales:%') as sent,
        (select count(distinct order_id)::int from inventory.dispatch d join orders."order" o on o.id = d.order_id
          where cause like 'sales:%' and o.state in ('shipped', 'delivered')) as orders`,
    ),
  );
  expect(units!.orders).toBeGreaterThan(100);
  expect(units!.sent).toBe(units!.shipped);
});

test('balances are the sum of their movements, lots never hold more than their shelf', async () => {
  expect(await unbroken.inTx(findDrift)).toEqual([]);
  const over = await unbroken.inTx((tx) =>
    run(
      tx,
      sql`select s.sku, s.location from inventory.stock s join inventory.lot l using (sku, location)
        group by s.sku, s.location, s.on_hand having sum(l.on_hand) > s.on_hand`,
    ),
  );
  expect(over).toEqual([]);
});

test("every order's amounts sum, and every appliance on a shelf has its number", async () => {
  const wrong = await unbroken.inTx((tx) =>
    run(
      tx,
      sql`select o.number from orders."order" o join orders.line l on l.order_id = o.id
        group by o.id having o.goods_fen <> sum(l.amount_fen) or o.total_fen <> o.goods_fen + o.freight_fen - o.discount_fen
          or o.tax_fen < sum(l.tax_fen) limit 5`,
    ),
  );
  expect(wrong).toEqual([]);
  const unnumbered = await unbroken.inTx((tx) =>
    run(
      tx,
      sql`select s.sku, s.location from inventory.stock s join catalog.variant v on v.sku = s.sku and v.is_serialised
        where s.on_hand <> (select count(*) from inventory.serial n where n.sku = s.sku and n.location = s.location)`,
    ),
  );
  expect(unnumbered).toEqual([]);
});

test('the loop has run: warnings fired, a purchase was received and its effect measured, one order waits for an address', async () => {
  const [found] = await unbroken.inTx((tx) =>
    run(
      tx,
      sql<{ measured: number; signals: number; waiting: number }>`select
        (select count(*)::int from playbooks.decision where playbook = 'cover' and state = 'measured') as measured,
        (select count(*)::int from warnings.signal) as signals,
        (select count(*)::int from orders."order" where address = '' and source = 'demo' and state = 'placed') as waiting`,
    ),
  );
  expect(found?.measured).toBeGreaterThanOrEqual(1);
  expect(found?.signals).toBeGreaterThanOrEqual(found?.measured ?? 0);
  expect(found?.waiting).toBeGreaterThanOrEqual(1);
});

test('members stand where their purchases put them: goods delivered and kept count, and a tier once reached stays', async () => {
  expect(await unbroken.inTx(findPointDrift)).toEqual([]);
  const wrong = await unbroken.inTx((tx) =>
    run(
      tx,
      sql`with bought as (select o.customer_id, sum(o.goods_fen) as fen from orders."order" o where o.state = 'delivered' and o.source = 'demo'
          and o.external_id is not null group by 1),
        back as (select o.customer_id, sum(r.refund_fen) as fen from returns.return r join orders."order" o on o.id = r.order_id group by 1)
        select s.customer_id, s.earned_fen, bought.fen as bought, back.fen as back from membership.standing s
        left join bought using (customer_id) left join back using (customer_id)
        where s.earned_fen <> coalesce(bought.fen, 0) - coalesce(back.fen, 0)
          or (select from_fen from membership.tier where code = s.tier) not between
            (select max(from_fen) from membership.tier where from_fen <= greatest(s.earned_fen, 0)) and coalesce(bought.fen, 0) limit 5`,
    ),
  );
  expect(wrong).toEqual([]);
});

test('kits cost less than their components, are made of SKUs that are sold, and can be had', async () => {
  for (const kit of kits) {
    const apart = kit.components.reduce(
      (sum, { sku, quantity }) => sum + quantity * (demoSkus.find((one) => one.sku === sku)?.priceFen ?? NaN),
      0,
    );
    expect(kit.priceFen, kit.code).toBeLessThan(apart);
    expect(kit.summary).toContain(`省 ${(apart - kit.priceFen) / 100} 元`);
  }
  const skus = kits.map(({ code }) => code);
  const available = await unbroken.inTx((tx) => availabilityOf(tx, { skus, locations: ['WH1'] }));
  for (const sku of skus) expect(available.get(sku), sku).toBeGreaterThan(0);
});

test('the first member has an address book with divisions, invoice profiles, and lists are not empty', async () => {
  const [found] = await unbroken.inTx((tx) =>
    run(
      tx,
      sql<{ addresses: number; placed: number; profiles: number; segments: string[]; kits: number }>`select
        (select count(*)::int from customers.address) as addresses, (select count(district_code)::int from customers.address) as placed,
        (select count(*)::int from customers.invoice_profile) as profiles, (select count(*)::int from catalog.kit_component) as kits,
        array(select segment from customers.segment_member group by 1 having count(*) > 3 order by 1) as segments`,
    ),
  );
  expect(found).toMatchObject({ addresses: 61, profiles: 2, segments: ['regulars', 'tea-circle'], kits: 4 });
  expect(found?.placed).toBeGreaterThan(50);
});

test('every picture of the catalogue is there, well-formed, and says its size', async () => {
  const wanted = products().flatMap(({ images = [] }) => images.map(({ src }) => src.replace('/media/', '')));
  expect(wanted.filter((file) => !existsSync(join(mediaDir, file)))).toEqual([]);
  for (const { file } of pictures) {
    const text = await readFile(join(mediaDir, file), 'utf8');
    expect(text, file).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 800 800" width="800" height="800">/);
    expect(unclosedTag(text), file).toBeUndefined();
    expect(text, file).not.toMatch(/NaN|undefined/);
  }
});

/** The first tag that is not closed in order; enough of XML for drawings without text. */
function unclosedTag(text: string): string | undefined {
  const open: string[] = [];
  for (const [, slash, name = '', end] of text.matchAll(/<(\/?)([a-z]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/gi)) {
    if (end === '/') continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return name;
  }
  return text.replaceAll(/<(\/?)([a-z]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/gi, '').includes('<') ? '<' : open[0];
}

test('about three hundred SKUs, each with a barcode of its own and the right check digit', () => {
  expect(demoSkus.length).toBeGreaterThan(280);
  const codes = demoSkus.map(({ sku }) => barcodeOf(sku));
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    const weighted = Array.from(code, (digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 3));
    expect(weighted.reduce((sum, part) => sum + part, 0) % 10, code).toBe(0);
  }
});

test('what the demo sells by runs, waits or is to come as staff would have left it, and sells no SKU under its margin floor', async () => {
  const marketer = aStaff('marketer');
  const { items, counts } = await unbroken.call(promotions.listPromotions, { query: { limit: 200 } }, marketer);
  expect(counts).toEqual({ draft: 1, waiting: 1, scheduled: 1, running: 10, paused: 0, ended: 0 });
  const sales = await unbroken.call(promotions.listFlashSales, {}, aShopper());
  expect(sales.items.map(({ state }) => state)).toEqual(['running', 'next']);
  expect(sales.items[0]?.items.filter(({ left }) => left > 0).length).toBeGreaterThan(4);
  for (const { id: promotionId, name, ...rule } of items) {
    const draft = Object.fromEntries(
      Object.keys(promotions.PromotionDraft.shape).map((key) => [key, { name, ...rule }[key as 'name']]),
    );
    const found = await unbroken.call(promotions.findPromotionConflicts, { body: { draft, promotionId } as never }, marketer);
    expect(
      found.items.filter(({ kind }) => kind === 'under_floor').map((one) => JSON.stringify(one)),
      name,
    ).toEqual([]);
  }
});
