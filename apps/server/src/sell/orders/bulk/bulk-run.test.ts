import { randomUUID } from 'node:crypto';
import { orders as contract, permissionsOf } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { createStaff } from '../../../base/identity/index.ts';
import type { StaffActor } from '../../../platform/ctx.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { anOrder, aSaleable, ordersOf } from '../testing.ts';
import { actInBulk } from './jobs.ts';

const world = useWorld();

/** Somebody of operations with an account: the work goes on with the rights that the account has then. */
async function someone(): Promise<StaffActor> {
  const role = 'operations';
  const account = {
    email: `${randomUUID()}@guyu.example`,
    name: 'Bulk',
    password: 'a long enough password',
    role,
  } as const;
  const { id } = await world.run((ctx) => createStaff(ctx, account), aStaff('admin'));
  return aStaff(role, { id, name: 'Bulk', permissions: new Set(permissionsOf[role]) });
}

/** Unpaid orders that a filter finds by their one customer. */
async function someOrders(count: number): Promise<{ filter: { from: string }; ids: string[] }> {
  const sku = `tea-${randomUUID()}`;
  world.clock.advance(86_400_000); // each test has a day of its own
  await world.run((ctx) => aSaleable(ctx, sku, 100, 1000));
  const ids: string[] = [];
  for (let left = count; left > 0; left -= 1) ids.push((await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }]))).orderId);
  return { filter: { from: world.clock.now().toISOString().slice(0, 10) }, ids };
}

const start = (by: StaffActor, filter: object, more: object = {}) =>
  world.call(contract.startBulkRun, { body: { action: 'cancel', filter, reason: 'bulk' }, ...more }, by);
const look = (by: StaffActor, runId: string) => world.call(contract.getBulkRun, { params: { runId } }, by);
const rows = async (by: StaffActor, runId: string, state: 'refused' | 'waiting' | 'done') =>
  (await world.call(contract.listBulkRows, { params: { runId }, query: { state } }, by)).items;

test('a run does to every order of the filter what one would do to each, says which were refused and why, and does it once', async () => {
  const staff = await someone();
  const { filter, ids } = await someOrders(23);
  const { call } = world;
  expect(await call(contract.previewBulkRun, { body: { action: 'cancel', filter } }, staff)).toEqual({ total: 23, able: 23 });
  const idempotencyKey = randomUUID();
  const run = await start(staff, filter, { idempotencyKey });
  expect(run).toMatchObject({ state: 'running', total: 23, done: 0, refused: 0, startedBy: 'Bulk' });
  expect((await start(staff, filter, { idempotencyKey })).id).toBe(run.id); // pressed twice
  const [taken = ''] = ids;
  await call(contract.cancelOrder, { params: { orderId: taken }, body: { reason: 'by hand' } }, staff);

  await world.drain();
  expect(await look(staff, run.id)).toMatchObject({ state: 'done', done: 22, refused: 1 });
  expect(await rows(staff, run.id, 'refused')).toMatchObject([{ orderId: taken, problem: 'order.wrong_state' }]);
  const { get } = ordersOf(world, staff);
  const order = await get(ids[1] ?? '');
  expect(order.state).toBe('cancelled');
  expect(order.timeline.filter(({ what, actor }) => what === 'cancelled' && actor === 'Bulk')).toHaveLength(1);

  await world.inTx((tx) => enqueue(tx, actInBulk, { runId: run.id }));
  await world.drain();
  expect(await look(staff, run.id)).toMatchObject({ state: 'done', done: 22, refused: 1 });
  await expect(world.call(contract.stopBulkRun, { params: { runId: run.id } }, staff)).rejects.toMatchObject({
    code: 'bulk.wrong_state',
  });
});

test('the work goes on with the rights of now: who lost them, or sees one store only, changes nothing more', async () => {
  const [staff, bound] = [await someone(), await someone()];
  const { filter, ids } = await someOrders(2);
  const [first, second] = [await start(staff, filter), await start(bound, filter)];
  await world.db.pool.query(`update identity."user" set role = 'analyst' where id = $1`, [staff.id]);
  await world.db.pool.query(`update identity."user" set location = 'S01' where id = $1`, [bound.id]);
  await world.drain();
  expect((await rows(staff, first.id, 'refused')).map(({ problem }) => problem)).toEqual(['auth.forbidden', 'auth.forbidden']);
  expect((await rows(bound, second.id, 'refused')).map(({ problem }) => problem)).toEqual(['order.not_found', 'order.not_found']);
  expect((await ordersOf(world, staff).get(ids[0] ?? '')).state).toBe('placed');

  const ofStore = { ...bound, location: 'S01' };
  await expect(start(ofStore, filter)).rejects.toMatchObject({ code: 'bulk.nothing' }); // it sees none of these
  await expect(look(ofStore, first.id)).rejects.toMatchObject({ code: 'bulk.not_found' }); // nor runs of others
  await expect(start(aStaff('analyst'), filter)).rejects.toMatchObject({ code: 'auth.forbidden' });
});

test('a run that is stopped leaves the rest alone', async () => {
  const staff = await someone();
  const { filter, ids } = await someOrders(2);
  const run = await start(staff, filter);
  await world.call(contract.stopBulkRun, { params: { runId: run.id } }, staff);
  await world.drain();
  expect(await look(staff, run.id)).toMatchObject({ state: 'stopped', done: 0, refused: 0 });
  expect(await rows(staff, run.id, 'waiting')).toHaveLength(2);
  expect((await ordersOf(world, staff).get(ids[0] ?? '')).state).toBe('placed');
  expect((await world.call(contract.listBulkRuns, { query: { state: 'stopped' } }, staff)).items.map(({ id }) => id)).toEqual([
    run.id,
  ]);
});
