import { randomUUID } from 'node:crypto';
import { insight as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { upsertCategories, upsertProducts } from '../../base/catalog/index.ts';
import { importReturns } from '../../sell/returns/index.ts';
import { type Analytics, momentOf } from '../stream/index.ts';
import { filledAnalytics } from '../stream/testing.ts';

const world = useWorld();
const marketer = aStaff('marketer');
const day = '2026-11-20';
let analytics: Analytics;

const demand = (query: object = {}) =>
  world.call(contract.listDemand, { query: { from: '2026-11-18', to: '2026-11-21', ...query } as never }, marketer);
const wish = (text: string, actor = aShopper(), note?: string) =>
  world.call(contract.askForProduct, { body: { text, ...(note !== undefined && { note }) } }, actor);

interface Deed {
  visitor: string;
  event: string;
  hour?: number;
  kind?: string;
  properties: object;
}

/** Behaviour as the stream writes it, an hour of the day each. */
async function tell(deeds: readonly Deed[]): Promise<void> {
  const values = deeds.map(({ visitor, event, hour = 10, kind = '', properties }) => ({
    message_id: randomUUID(), type: 'track', event, ...momentOf(new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`)),
    visitor_id: visitor, customer_id: '', channel: 'shop', campaign: '', language: 'zh-CN', properties: JSON.stringify(properties),
    received_at: `${day} 12:00:00`, visitor_kind: kind,
  })); // prettier-ignore
  await analytics.client.insert({ table: 'behaviour', values, format: 'JSONEachRow' });
}

async function pay(visitors: readonly string[], hour: number, sku?: string): Promise<void> {
  const at = momentOf(new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`));
  const values = visitors.map((visitor_id) => ({ kind: 'paid', ...at, order_id: randomUUID(), channel: 'shop', store: '', customer_id: '00000000-0000-0000-0000-000000000000', visitor_id, total_fen: 10_000, seconds: -1, is_touched: 0 })); // prettier-ignore
  await analytics.client.insert({ table: 'order_step', values, format: 'JSONEachRow' });
  if (sku === undefined) return;
  await tell(
    visitors.map((visitor) => ({ visitor, event: 'Order Completed', hour, kind: 'house', properties: { products: [{ sku }] } })),
  );
}

const people = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const searched = (visitor: string, query: string, results: number, approximate = false): Deed => ({
  visitor, event: 'Products Searched', properties: { query, results, approximate },
}); // prettier-ignore
const viewed = (visitor: string, sku: string): Deed => ({ visitor, event: 'Product Viewed', properties: { sku, price: 50 } });

beforeAll(async () => {
  await world.run(async (ctx) => {
    await upsertCategories(ctx, [{ code: 'apparel', name: '服饰', nameEn: 'Apparel', position: 0 }]);
    await upsertProducts(ctx, ['coat', 'tee'].map((slug) => ({ code: slug, slug, name: slug === 'coat' ? '大衣' : '短袖', nameEn: slug, brand: '', category: 'apparel', variants: [{ sku: `${slug}-S` }, { sku: `${slug}-L` }] }))); // prettier-ignore
    await importReturns(ctx, {
      importId: randomUUID(),
      source: 'demo',
      returns: [
        {
          externalId: 'R1',
          reason: 'too_small',
          receivedAt: new Date(`${day}T02:00:00Z`),
          channel: 'shop',
          lines: [{ sku: 'tee-S', quantity: 2, unitFen: 4_950 }],
        },
      ],
    });
  });
  analytics = await filledAnalytics(world);
  await tell([
    ...people('found', 60).map((visitor) => searched(visitor, '短袖', 8)),
    ...people('lost', 12).map((visitor, index) => searched(visitor, index % 2 === 0 ? 'Wool  Hat' : 'wool hat', 0)),
    ...people('like', 3).map((visitor) => searched(visitor, '羊绒帽', 5, true)),
    searched('alone', '我的电话是139', 0),
    { ...searched('bot', 'wool hat', 0), kind: 'bot' },
  ]);
  await pay(people('found', 6), 11);
  await pay(['lost0', 'lost1'], 12); // bought something else
  await pay(['lost2'], 9); // had bought before they searched
  await tell([
    ...people('look', 120).flatMap((visitor) => [viewed(visitor, 'coat-S'), viewed(visitor, 'tee-S')]),
    ...people('look', 40).map((visitor): Deed => ({ visitor, event: 'Product Added', properties: { sku: 'coat-S' } })),
    ...people('look', 40).map((visitor): Deed => ({ visitor, event: 'Product Added', properties: { sku: 'tee-S' } })),
  ]);
  await pay(people('look', 12), 15, 'tee-L'); // another size of what they looked at is the same product
  await pay(['look0'], 15, 'coat-L');
});

test('words that nobody found, by people: case and spaces aside, who bought all the same is not lost, nor is what one person typed shown', async () => {
  const { items, basis } = await demand({ kind: 'no_result_search' });
  expect(basis).toMatchObject({ searchers: 60, searchersBought: 6, orderFen: 10_000 });
  expect(items).toMatchObject([
    { key: 'wool hat', people: 12, times: 12, bought: 2, lost: { fen: 10_000 } }, // 10 people × 6 of 60 × ¥100
    { key: '羊绒帽', people: 3, bought: 0, lost: { fen: 3_000 } },
  ]);
});

test('a product that is looked at and left is held against the others of its kind; another size of it counts as bought', async () => {
  const { items } = await demand({ kind: 'viewed_not_bought' });
  expect(items).toMatchObject([
    { name: { zh: '大衣', en: 'coat' }, people: 120, bought: 1, unitFen: 5_000, lost: { fen: 55_000 } }, // 11 fewer than the tee × ¥50
  ]);
  expect(items[0]?.lost?.lowFen).toBeGreaterThan(0);
  const carts = await demand({ kind: 'abandoned_cart' });
  expect(carts.items.map(({ name, people: adders, bought }) => [name?.en, adders, bought])).toEqual([['coat', 40, 1]]);
});

test('sizes that did not fit are counted, the dearest first of everything; totals are by kind', async () => {
  const { items, totals, isCut } = await demand({ limit: 2 });
  expect(items.map(({ kind }) => kind)).toEqual(['viewed_not_bought', 'abandoned_cart']);
  expect(isCut).toBe(true);
  expect(totals.find(({ kind }) => kind === 'size_complaint')).toEqual({
    kind: 'size_complaint',
    items: 1,
    people: 1,
    lostFen: 9_900,
  });
  const [size] = (await demand({ kind: 'size_complaint' })).items;
  expect(size).toMatchObject({ people: 1, times: 2, lost: { fen: 9_900, lowFen: 9_900, highFen: 9_900 } });
});

test('a wish is kept once a visitor and day, however often it is sent at once, and stands among what people want', async () => {
  const anna = aShopper();
  world.clock.set('2026-11-21T04:00:00Z');
  await Promise.all(['羊毛 帽子', '羊毛 帽子', ' 羊毛  帽子 '].map((text) => wish(text, anna)));
  await wish('羊毛 帽子', aShopper(), '要灰色');
  expect((await demand({ kind: 'asked_for' })).items).toMatchObject([
    { key: '羊毛 帽子', people: 2, times: 2, lost: { fen: 2_000 } },
  ]);
  for (let index = 0; index < 19; index += 1) await wish(`别的 ${index}`, anna);
  await expect(wish('再来一个', anna)).rejects.toMatchObject({ code: 'product_request.too_many' });
});

test('settling a wish settles its words; who was slower is told, and it leaves the list', async () => {
  const list = (query = {}) => world.call(contract.listProductRequests, { query }, marketer);
  const [first] = (await list({ text: '羊毛 帽子' })).items;
  const settle = (version: number, id = first!.id) =>
    world.call(
      contract.settleProductRequest,
      { params: { id }, body: { state: 'planned', reason: '十二月上架', version } },
      marketer,
    );
  expect(await settle(first!.version)).toMatchObject({ state: 'planned', decidedBy: marketer.name, version: 2 });
  await expect(settle(first!.version)).rejects.toMatchObject({ code: 'product_request.changed' });
  await expect(settle(1, randomUUID())).rejects.toMatchObject({ code: 'product_request.not_found' });
  expect((await list({ text: '羊毛 帽子' })).items.map(({ state }) => state)).toEqual(['planned', 'planned']);
  expect((await demand({ kind: 'asked_for' })).items.map(({ key }) => key)).not.toContain('羊毛 帽子');
});

test('a viewer of one store sees none of it, and periods have their bounds', async () => {
  const call = (query: object, actor = marketer) => world.call(contract.listDemand, { query: query as never }, actor);
  await expect(call({ period: 'last_28_days' }, aStaff('marketer', { location: 'S01' }))).rejects.toMatchObject({
    code: 'metric.out_of_scope',
  });
  await expect(call({ from: '2026-01-01', to: '2026-11-01' })).rejects.toMatchObject({ code: 'metric.period_invalid' });
  await expect(call({ period: 'last_28_days' }, aStaff('warehouse'))).rejects.toMatchObject({ code: 'auth.forbidden' });
  expect((await call({ from: '2026-06-01', to: '2026-06-02' })).items).toEqual([]);
});
