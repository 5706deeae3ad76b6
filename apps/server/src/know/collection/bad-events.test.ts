import { collection as contract } from '@tongshang/contract';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { answerProblems } from '../../platform/http.ts';
import { ask } from '../stream/index.ts';
import { filledAnalytics } from '../stream/testing.ts';
import { collectionPlugin } from './plugin.ts';
import { eventsIn } from './testing.ts';

const world = useWorld();
const app = Fastify();
let signed = { isStaff: false, customerId: undefined as string | undefined };
beforeAll(async () => {
  answerProblems(app as never);
  const signedInAs = () => Promise.resolve(signed);
  const visitorOf = (_request: unknown, _reply: unknown, pageId: string | undefined) => pageId;
  await collectionPlugin({ db: world.db, clock: world.clock.now, origins: [], visitorOf, signedInAs })(app as never);
  await app.ready();
});
afterAll(() => app.close());

const analyst = aStaff('analyst');
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
interface Reply {
  accepted: number;
  duplicates: number;
  rejected: contract.Rejected[];
}
const send = async (batch: object[], over: { writeKey?: string; agent?: string; sentAt?: string } = {}): Promise<Reply> => {
  const { writeKey = contract.shopWriteKey, agent = chrome, sentAt } = over;
  const headers = { 'content-type': 'application/json', 'user-agent': agent };
  const answer = await app.inject({ method: 'POST', url: '/v1/batch', headers, payload: { writeKey, batch, sentAt } });
  return answer.json();
};
const stored = async (...messageIds: string[]) =>
  (await eventsIn(world)).filter(({ messageId }) => messageIds.includes(messageId));
const badOnes = async (state: 'open' | 'replayed' | 'discarded' = 'open') =>
  (await world.call(contract.listBadEvents, { query: { state } }, analyst)).items;
const later = () => world.clock.advance(11_000); // sources and plan are read again after ten seconds
const track = (messageId: string, event: string, properties: object = {}) => ({
  type: 'track',
  event,
  messageId,
  anonymousId: 'v1',
  properties, // prettier-ignore
});

test('a bad event waits, is mended, and is taken exactly once however often it is replayed; its times stay its own', async () => {
  const sent = {
    type: 'track',
    messageId: 'b1',
    anonymousId: 'v1',
    timestamp: '2026-11-22T03:59:00Z',
    properties: { sku: 'A', email: 'a@b.cn' },
  };
  expect(await send([sent, sent])).toMatchObject({
    accepted: 0,
    rejected: [{ index: 0, reasons: ['event.no_name'] }, { index: 1 }],
  });
  await send([sent]);
  const [bad, ...more] = await badOnes();
  expect(more, 'sent three times, it stands here once').toEqual([]);
  expect(bad).toMatchObject({ messageId: 'b1', reasons: ['event.no_name'], isMended: false, state: 'open' });
  const params = { id: bad!.id };
  const whole = await world.call(contract.getBadEvent, { params }, analyst);
  expect(whole.sent).not.toContain('a@b.cn');
  const replay = () => world.call(contract.replayBadEvents, { body: { ids: [bad!.id] } }, analyst);
  expect(await replay()).toEqual({ items: [{ id: bad!.id, outcome: 'still_bad', reasons: ['event.no_name'] }] });

  const event = { ...(JSON.parse(whole.sent) as object), event: 'Product Viewed' };
  world.clock.advance(3_600_000);
  const mended = await world.call(contract.mendBadEvent, { params, body: { event, version: whole.version } }, analyst);
  expect(mended).toMatchObject({ reasons: [], isMended: true, version: 2, sent: whole.sent });
  await expect(world.call(contract.mendBadEvent, { params, body: { event, version: 1 } }, analyst)).rejects.toMatchObject({
    code: 'bad_event.changed',
  });
  const outcomes = (await Promise.all([replay(), replay(), replay()])).map(({ items }) => items[0]?.outcome);
  expect(outcomes.filter((outcome) => outcome === 'replayed')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(2);
  expect(await stored('b1')).toMatchObject([
    { event: 'Product Viewed', at: '2026-11-22T03:59:00.000Z', clientAt: '2026-11-22T03:59:00Z', receivedAt: '2026-11-22T04:00:00.000Z' },
  ]); // prettier-ignore
  expect((await send([{ ...event, messageId: 'b1' }])).duplicates).toBe(1);
  await expect(world.call(contract.mendBadEvent, { params, body: { event, version: 2 } }, analyst)).rejects.toMatchObject({
    code: 'bad_event.wrong_state',
  });
  const audit = await world.db.pool.query("select name from platform.event where name like 'collection.bad%' order by seq");
  expect(audit.rows.map(({ name }: { name: string }) => name)).toEqual([
    'collection.bad_event_mended',
    'collection.bad_events_replayed',
  ]);
});

test('two bad events that are mended into the same message and replayed together are taken once', async () => {
  await send(['x1', 'x2'].map((messageId) => ({ type: 'track', messageId, anonymousId: 'v1' })));
  const ids = (await badOnes()).map(({ id }) => id);
  const body = { event: track('b3', 'Product Viewed', { sku: 'A' }), version: 1 };
  for (const id of ids) await world.call(contract.mendBadEvent, { params: { id }, body }, analyst);
  const { items } = await world.call(contract.replayBadEvents, { body: { ids } }, analyst);
  expect(items.map(({ outcome }) => outcome)).toEqual(['replayed', 'duplicate']);
  expect(await stored('b3')).toHaveLength(1);
});

test('a bad event that is given up stays readable with its reason, and is never taken', async () => {
  await send([{ type: 'track', messageId: 'b2' }]);
  const [bad] = await badOnes();
  const body = { ids: [bad!.id], reason: '压测数据' };
  expect(await world.call(contract.discardBadEvents, { body }, analyst)).toEqual({ discarded: 1 });
  expect(await world.call(contract.discardBadEvents, { body }, analyst)).toEqual({ discarded: 0 });
  expect(await badOnes('discarded')).toMatchObject([{ id: bad!.id, note: '压测数据', settledBy: analyst.name }]);
  expect(await world.call(contract.replayBadEvents, { body: { ids: [bad!.id] } }, analyst)).toMatchObject({
    items: [{ outcome: 'settled' }],
  });
});

test('a browser cannot tell what became of an order; a server with its own key can, until its source is closed', async () => {
  const done = track('o1', 'Order Completed', { order_id: 'N1', total: 12.5 });
  expect((await send([done])).rejected).toMatchObject([{ reasons: ['event.server_only'] }]);
  const body = { name: 'erp', channel: 'tmall', kind: 'server' } as const;
  const source = await world.call(contract.addSource, { body }, aStaff('admin'));
  await expect(world.call(contract.addSource, { body }, aStaff('admin'))).rejects.toMatchObject({ code: 'source.exists' });
  later();
  expect(await send([done], { writeKey: source.writeKey })).toMatchObject({ accepted: 1, rejected: [] });
  await world.call(contract.closeSource, { params: source }, aStaff('admin'));
  later();
  expect(await send([done], { writeKey: source.writeKey })).toMatchObject({ code: 'collection.unknown_key' });
  await expect(world.call(contract.closeSource, { params: { writeKey: 'nobody' } }, aStaff('admin'))).rejects.toMatchObject({
    code: 'source.not_found',
  });
});

test('violations of the plan are counted a day, and a plan that is enforced holds the event back until it is mended', async () => {
  await send([
    track('p1', 'Product Viewed', { price: '89' }),
    track('p2', 'Product Viewed', { price: '9' }),
    track('p3', 'Nonsense'),
  ]);
  const violations = async () => (await world.call(contract.listViolations, { query: {} }, analyst)).items;
  expect(await violations()).toMatchObject([
    { source: 'shop web', event: 'Product Viewed', property: 'price', problem: 'wrong_type', times: 2, messageId: 'p1' },
    { event: 'Nonsense', property: '', problem: 'unplanned', times: 1 },
  ]);
  const { items } = await world.call(contract.listPlan, {}, analyst);
  const plan = items.find(({ name }) => name === 'Product Viewed')!;
  expect(plan.violations).toBe(2);
  const { properties, isServerOnly, version } = plan;
  const change = { params: { name: plan.name }, body: { properties, isServerOnly, isEnforced: true, version } };
  expect(await world.call(contract.putPlannedEvent, change, analyst)).toMatchObject({ version: version + 1, isEnforced: true });
  await expect(world.call(contract.putPlannedEvent, change, analyst)).rejects.toMatchObject({ code: 'plan.changed' });
  const isNew = {
    params: { name: 'Store Visited' },
    body: { properties: [], isServerOnly: false, isEnforced: false, version: 0 },
  };
  expect(await world.call(contract.putPlannedEvent, isNew, analyst)).toMatchObject({ version: 1 });
  later();
  expect((await send([track('p4', 'Product Viewed', { price: '89' })])).rejected).toMatchObject([
    { reasons: ['event.off_plan'] },
  ]);
  expect(await violations()).toMatchObject([{ times: 3 }, { times: 1 }]);
});

test('an anonymous visitor becomes the first customer who signs in; a second one stays apart and is logged as a conflict', async () => {
  const see = (messageId: string, customerId: string | undefined, claim?: string) => {
    signed = { isStaff: false, customerId };
    return send([{ ...track(messageId, 'Product Clicked'), anonymousId: 'device', userId: claim }]);
  };
  await see('i1', undefined, 'somebody-else'); // what a page of ours claims does not count
  await see('i2', 'c-ann');
  await see('i3', 'c-bob');
  await see('i4', 'c-ann');
  signed = { isStaff: false, customerId: undefined };
  expect((await stored('i1', 'i2', 'i3', 'i4')).map(({ customerId, isJoining }) => [customerId, isJoining])).toEqual([
    [undefined, undefined], ['c-ann', true], ['c-bob', undefined], ['c-ann', undefined],
  ]); // prettier-ignore
  const body = { name: 'app', channel: 'app', kind: 'server' } as const;
  const { writeKey } = await world.call(contract.addSource, { body }, aStaff('admin'));
  later();
  await send([{ type: 'alias', messageId: 'i5', previousId: 'phone-7', userId: 'c-bob' }], { writeKey });
  await send([{ type: 'alias', messageId: 'i6', previousId: 'c-bob', userId: 'c-ann' }], { writeKey }); // two customers never become one
  const { items } = await world.call(contract.listIdentityConflicts, { query: {} }, analyst);
  expect(items.map(({ visitorId, customerId, otherCustomerId }) => [visitorId, customerId, otherCustomerId])).toEqual([
    ['c-bob', 'c-bob', 'c-ann'], ['device', 'c-ann', 'c-bob'],
  ]); // prettier-ignore
  const analytics = await filledAnalytics(world);
  expect(await ask(analytics, 'select visitor_id, customer_id from visitor_customer final order by visitor_id')).toEqual([
    { visitor_id: 'device', customer_id: 'c-ann' },
    { visitor_id: 'phone-7', customer_id: 'c-bob' },
  ]);
});

test('own staff and programmes are marked and no agent is kept; all four times arrive, and a clock that is ahead is flagged', async () => {
  signed = { isStaff: true, customerId: undefined };
  await send([track('k1', 'Cart Viewed')]);
  signed = { isStaff: false, customerId: undefined };
  await send([track('k2', 'Cart Viewed')], {
    agent: 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  });
  const now = world.clock.now().getTime();
  const iso = (ms: number) => new Date(now + ms).toISOString();
  await send([{ ...track('k3', 'Cart Viewed'), originalTimestamp: iso(7_190_000) }], { sentAt: iso(7_200_000) });
  const analytics = await filledAnalytics(world);
  const rows = await ask(
    analytics,
    `select message_id as id, visitor_kind as kind, is_clock_ahead as ahead, dateDiff('second', at, received_at) as seconds, client_at, sent_at
     from behaviour final where event = 'Cart Viewed' order by id`,
  );
  expect(rows).toEqual([
    { id: 'k1', kind: 'staff', ahead: 0, seconds: 0, client_at: '', sent_at: '' },
    { id: 'k2', kind: 'bot', ahead: 0, seconds: 0, client_at: '', sent_at: '' },
    { id: 'k3', kind: '', ahead: 1, seconds: 10, client_at: iso(7_190_000), sent_at: iso(7_200_000) },
  ]);
  expect(await ask(analytics, "select uniqExact(visitor_id) as visitors from visit where visitor_id = 'v1'")).toEqual([
    { visitors: 1 },
  ]);
  expect(JSON.stringify(await stored('k1', 'k2'))).not.toContain('Mozilla');
});
