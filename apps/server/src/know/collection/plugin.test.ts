import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { answerProblems } from '../../platform/http.ts';
import { enqueue } from '../../platform/jobs.ts';
import { ask } from '../stream/index.ts';
import { filledAnalytics } from '../stream/testing.ts';
import { preparePartitions } from './prepare-partitions.ts';
import { collectionPlugin } from './plugin.ts';
import { eventsIn } from './testing.ts';

const world = useWorld();
const app = Fastify();
beforeAll(async () => {
  answerProblems(app as never);
  await collectionPlugin({ db: world.db, clock: world.clock.now, origins: ['http://shop.test'] })(app as never);
  await app.ready();
});
afterAll(() => app.close());

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
const key = basic('ts_shop_web');
const track = (messageId: string, over: object = {}) => ({
  type: 'track',
  event: 'Product Viewed',
  anonymousId: 'v1',
  messageId,
  ...over,
});
const stored = () => eventsIn(world);
const post = (url: string, payload: object | string, headers: Record<string, string> = key) =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });

test('the good events of a batch are in PostgreSQL when the answer comes, the bad ones are named', async () => {
  const answer = await post('/v1/batch', {
    batch: [track('a1'), { type: 'track' }, track('a2')],
    sentAt: '2026-11-22T04:00:00Z',
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    success: true,
    accepted: 2,
    duplicates: 0,
    rejected: [{ index: 1, messageId: null, reasons: ['event.no_visitor', 'event.no_name'] }],
  });
  expect((await stored()).map(({ messageId }) => messageId)).toEqual(['a1', 'a2']);
});

test('single calls, keys in header or body, and JSON labelled as text are understood', async () => {
  const before = (await stored()).length;
  const inHeader = { 'x-write-key': 'ts_shop_web' };
  expect((await post('/v1/track', { event: 'Product Clicked', anonymousId: 'v1' }, inHeader)).json()).toMatchObject({
    accepted: 1,
  });
  expect((await post('/v1/page', { name: '首页', anonymousId: 'v1', writeKey: 'ts_shop_web' }, {})).json()).toMatchObject({
    accepted: 1,
  });
  const asText = { ...key, 'content-type': 'text/plain' };
  expect((await post('/v1/identify', JSON.stringify({ userId: 'c1' }), asText)).json()).toMatchObject({ accepted: 1 });
  expect(await stored()).toHaveLength(before + 3);
});

test('an unknown key, a body that is no batch, and too much are refused, and nothing is kept', async () => {
  const before = (await stored()).length;
  expect((await post('/v1/batch', { batch: [track('x')] }, basic('wrong'))).json()).toMatchObject({
    status: 401,
    code: 'collection.unknown_key',
  });
  expect((await post('/v1/batch', { events: [] })).json()).toMatchObject({ status: 400, code: 'request.invalid' });
  expect((await post('/v1/batch', '{not json', { ...key, 'content-type': 'text/plain' })).statusCode).toBe(400);
  const many = {
    batch: Array.from({ length: 2_501 }, (_, index) => ({ type: 'page', anonymousId: 'v', messageId: `${index}` })),
  };
  expect((await post('/v1/batch', many)).json()).toMatchObject({ status: 413, code: 'request.too_large' });
  expect((await post('/v1/batch', { batch: [track('big', { properties: { text: 'x'.repeat(600_000) } })] })).statusCode).toBe(
    413,
  );
  expect(await stored()).toHaveLength(before);
});

test('one event too large is named, its neighbours are kept', async () => {
  const answer = await post('/v1/batch', { batch: [track('l1', { properties: { text: 'x'.repeat(40_000) } }), track('l2')] });
  expect(answer.json()).toEqual({
    success: true,
    accepted: 1,
    duplicates: 0,
    rejected: [{ index: 0, messageId: 'l1', reasons: ['event.too_large'] }],
  });
});

test('pages of the shop may send, pages of others may not ask', async () => {
  const asked = await app.inject({ method: 'OPTIONS', url: '/v1/batch', headers: { origin: 'http://shop.test' } });
  expect(asked.headers['access-control-allow-origin']).toBe('http://shop.test');
  const other = await app.inject({ method: 'OPTIONS', url: '/v1/batch', headers: { origin: 'http://evil.test' } });
  expect(other.headers['access-control-allow-origin']).toBeUndefined();
});

test('an event sent twice counts once downstream, in one batch or long after', async () => {
  const twice = track('twice', { anonymousId: 'twin' });
  await post('/v1/batch', { batch: [twice, twice] });
  await filledAnalytics(world);
  expect((await post('/v1/batch', { batch: [twice, track('once')] })).json()).toMatchObject({ accepted: 2, duplicates: 1 });
  const analytics = await filledAnalytics(world);
  expect(await ask(analytics, `select count() as events from behaviour final where visitor_id = 'twin'`)).toEqual([
    { events: 1 },
  ]);
});

test('fifty batches at once are all kept', async () => {
  const before = (await stored()).length;
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => post('/v1/batch', { batch: [track(`c${index}`)] })));
  expect(answers.every((answer) => answer.statusCode === 200)).toBe(true);
  expect(await stored()).toHaveLength(before + 50);
});

test('a packed body is read, however it is labelled; one that unpacks to too much is refused before it fills memory', async () => {
  const send = (body: string, headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/v1/batch', payload: gzipSync(body), headers: { ...key, ...headers } });
  const good = JSON.stringify({ batch: [track('packed')] });
  const labelled = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
  expect((await send(good, labelled)).json()).toMatchObject({ accepted: 1, duplicates: 0 });
  expect((await send(good, { 'content-type': 'text/plain' })).json()).toMatchObject({ accepted: 1, duplicates: 1 });
  const bomb = `{"batch":[${' '.repeat(60_000_000)}]}`;
  expect((await send(bomb, labelled)).json()).toMatchObject({ status: 413, code: 'request.too_large' });
  const notGzip = { ...key, 'content-encoding': 'gzip' };
  expect((await post('/v1/batch', good, notGzip)).json()).toMatchObject({ status: 400, code: 'request.invalid' });
  const asForm = { ...key, 'content-type': 'application/x-www-form-urlencoded' };
  const data = `data=${encodeURIComponent(Buffer.from(good).toString('base64'))}`;
  expect((await post('/v1/batch', data, asForm)).json()).toMatchObject({ accepted: 1, duplicates: 1 });
});

test('a message is known again for seven days, in whatever week it first came, and while tables come and go', async () => {
  const send = async () => (await post('/v1/batch', { batch: [track('again')] })).json() as { duplicates: number };
  expect(await send()).toMatchObject({ duplicates: 0 });
  for (const [days, duplicates] of [
    [6.9, 1],
    [14, 0],
  ] as const) {
    // prettier-ignore
    world.clock.advance(days * 86_400_000);
    await world.run((ctx) => enqueue(ctx.tx, preparePartitions, {}));
    await world.drain();
    expect(await send(), `${days} days later`).toMatchObject({ duplicates });
  }
  world.clock.set('2026-11-22T04:00:00Z');
});
