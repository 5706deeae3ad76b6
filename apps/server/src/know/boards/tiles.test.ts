import { read, utils } from '@e965/xlsx';
import { boards as contract, metrics } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import type { StaffActor } from '../../platform/ctx.ts';
import { importOrders } from '../../sell/orders/index.ts';
import { saveLocations } from '../../supply/inventory/index.ts';
import { openAnalytics } from '../stream/index.ts';
import { filledAnalytics } from '../stream/testing.ts';
import { tileAnswers } from './answer-tile.ts';
import { exportBoard } from './export-board.ts';

const world = useWorld();
const analyst = aStaff('analyst');
const clerk = aStaff('clerk', { location: 'S01' });

const sold = (store: string | undefined, externalId: string, unitFen: number) => {
  const placedAt = new Date('2026-11-21T04:00:00Z');
  const lines = [{ sku: 'MUG', quantity: 1, unitFen, taxRateBp: 0, unitCostFen: 0 }];
  return {
    channel: store === undefined ? 'shop' : 'store',
    externalId,
    store,
    placedAt,
    paidAt: placedAt,
    state: 'paid' as const,
    lines,
  };
};
beforeAll(async () => {
  await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'MUG', variants: [{ sku: 'MUG' }] });
    const places = ['S01', 'S02'].map((code) => ({ code, name: code, nameEn: code, kind: 'store' as const }));
    await saveLocations(ctx, places);
    const orders = [sold('S01', 'A', 10_000), sold('S02', 'B', 20_000), sold(undefined, 'C', 40_000)];
    await importOrders(ctx, { importId: 'tiles', orders });
  });
  await filledAnalytics(world);
});

type Asked = Partial<Extract<contract.TileQuestion, { kind: 'metrics' }>['question']>;
const ask = (over: Asked, bar: object = {}, who: StaffActor = analyst) =>
  world.call(
    contract.answerTile,
    {
      body: { question: { kind: 'metrics', question: { metrics: ['net_sales'], period: 'last_7_days', ...over } as never }, bar },
    },
    who,
  );
const told = async (...asked: Parameters<typeof ask>) => {
  const { tile, notNarrowedBy } = await ask(...asked);
  if (tile.kind !== 'metrics') throw new Error('not of metrics');
  const { rows, total, compared, period } = tile.answer;
  const parts = Object.fromEntries(rows.map(({ keys, values }) => [keys[0], values['net_sales']]));
  return { total: total.values['net_sales'], parts, compared, period, notNarrowedBy };
};

test('a viewer of one store sees only it, whoever asked the same before or after', async () => {
  const whole = { total: 70_000, parts: { S01: 10_000, S02: 20_000, '': 40_000 } };
  const own = { total: 10_000, parts: { S01: 10_000 } };
  expect(await told({ by: ['store'] })).toMatchObject(whole);
  expect(await told({ by: ['store'] }, {}, clerk)).toMatchObject(own);
  expect(await told({ by: ['store'] })).toMatchObject(whole);
  expect(await told({ by: ['store'] }, {}, aStaff('clerk', { location: 'S02' }))).toMatchObject({ total: 20_000 });
  const outside = { code: 'metric.out_of_scope' };
  await expect(ask({ by: ['store'] }, { store: ['S02'] }, clerk)).rejects.toMatchObject(outside);
  await expect(ask({ store: ['S02'] }, {}, clerk)).rejects.toMatchObject(outside);
  await expect(ask({ metrics: ['visitors'] }, {}, clerk)).rejects.toMatchObject(outside);
});

test('the export of a board holds what its viewer sees on it: one store for a viewer of one store', async () => {
  const question = contract.TileQuestion.parse({
    kind: 'metrics',
    question: { metrics: ['net_sales'], period: 'last_7_days', by: ['store'] },
  });
  const tile = { id: 'a', title: { zh: '门店', en: 'Stores' }, savedId: null, question, chart: 'auto' as const, isOnWall: true };
  const tiles = [{ ...tile, wide: { x: 0, y: 0, w: 6, h: 4 } }];
  const name = { zh: '门店', en: 'Stores' };
  const board = await world.call(contract.createBoard, { body: { name, isShared: true, bar: {}, tiles } }, analyst);
  const cells = async (actor: StaffActor) => {
    const asker = { actor, now: world.clock.now, inTx: world.run };
    const asked = { id: board.id, bar: {}, language: 'en' as const };
    const book = read(await exportBoard(openAnalytics(world.config.clickhouseUrl), asker, asked), { type: 'buffer' });
    return utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1, raw: true });
  };
  const total = (rows: unknown[][]) => rows.at(-1)?.find((cell) => typeof cell === 'number');
  const all = await cells(analyst);
  expect(JSON.stringify(all)).toContain('S02');
  expect(total(all)).toBe(700);
  const own = await cells(clerk);
  expect(JSON.stringify(own)).toContain('S01');
  expect(JSON.stringify(own)).not.toContain('S02');
  expect(total(own)).toBe(100);
  const mayNot = world.call(contract.exportBoard, { params: { id: board.id }, query: {} }, clerk);
  await expect(mayNot).rejects.toMatchObject({ code: 'auth.forbidden' });
});

test('a tile is the answer of its question asked alone', async () => {
  const query = {
    metrics: ['net_sales', 'orders'],
    period: 'last_28_days' as const,
    by: ['day' as const],
    compare: 'previous' as const,
  };
  const { tile, asOf, version } = await ask(query);
  const { asOf: _, ...alone } = await world.call(metrics.queryMetrics, { query }, analyst);
  expect(tile).toEqual({ kind: 'metrics', answer: { ...alone, asOf } });
  expect(await world.call(metrics.watchMetrics, {}, analyst)).toMatchObject({ version });
});

test('the bar lays its period, comparison and filters over a tile; what it leaves out stays as the tile was made', async () => {
  expect(await told({}, { period: 'yesterday' })).toMatchObject({
    total: 70_000,
    period: { from: '2026-11-21', to: '2026-11-21' },
  });
  expect(await told({}, { from: '2026-11-01', to: '2026-11-20' })).toMatchObject({ total: 0, period: { from: '2026-11-01' } });
  expect(await told({}, { from: '2026-11-01' })).toMatchObject({ total: 70_000 });
  expect(await told({ compare: 'year' }, { compare: 'none' })).toMatchObject({ compared: null });
  expect(await told({}, { compare: 'lunar_year' })).toMatchObject({ compared: { kind: 'lunar_year' } });
  expect(await told({ channel: ['shop'] }, { channel: ['store'], store: ['S02'] })).toMatchObject({
    total: 20_000,
    notNarrowedBy: [],
  });
});

test('a filter that a tile cannot follow leaves it whole, and the tile says so', async () => {
  const { tile, notNarrowedBy } = await ask({ metrics: ['visitors'] }, { store: ['S01'], channel: [] });
  expect(notNarrowedBy).toEqual(['store']);
  expect(tile.kind).toBe('metrics');
});

test('newer figures are in the next answer, and a tile that fails is asked again', async () => {
  const before = await told({ metrics: ['net_sales'], period: 'today' });
  const now = { ...sold('S01', 'D', 5_000), placedAt: world.clock.now(), paidAt: world.clock.now() };
  await world.run((ctx) => importOrders(ctx, { importId: 'later', orders: [now] }));
  await filledAnalytics(world);
  await expect.poll(async () => (await told({ period: 'today' })).total, { timeout: 5_000 }).toBe((before.total ?? 0) + 5_000);

  const away = tileAnswers(openAnalytics('http://127.0.0.1:9/none'));
  const asker = { actor: analyst, now: world.clock.now, inTx: world.run };
  const question = contract.TileQuestion.parse({ kind: 'metrics', question: { metrics: ['orders'], period: 'today' } });
  for (let tries = 0; tries < 2; tries += 1)
    await expect(away(asker, { question, bar: {} })).rejects.toMatchObject({ code: 'analytics.unavailable' });
});

test('every tile of every cockpit can be read as it ships', async () => {
  const boards = await Promise.all(contract.cockpits.map((id) => world.call(contract.getBoard, { params: { id } }, analyst)));
  const questions = boards.flatMap(({ tiles }) => tiles.map(({ question }) => question!));
  // Headline figures are asked together, which reads each family of measures once: they only have to be metrics that exist.
  const figures = questions.filter(({ kind, question }) => kind === 'metrics' && (question as Asked).by?.length === 0);
  const names = [...new Set(figures.flatMap(({ question }) => (question as Asked).metrics ?? []))];
  const rest = new Map(questions.filter((one) => !figures.includes(one)).map((one) => [JSON.stringify(one), one]));
  expect(await told({ metrics: names.slice(0, 30), by: [] })).toMatchObject({ notNarrowedBy: [] });
  await Promise.all(
    [...rest.values()].map(async (question) => {
      const { tile } = await world.call(contract.answerTile, { body: { question, bar: {} } }, analyst);
      expect(tile.kind).toBe(question.kind);
    }),
  );
  expect(names.length).toBeLessThanOrEqual(30);
});
