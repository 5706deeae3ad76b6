import { warehouse as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { stockLevelsOf } from '../inventory/index.ts';
import { lapsePickups } from './collect-pickup.ts';
import { fulfilmentsOf } from './index.ts';
import { aFulfilment, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const clerk = aStaff('clerk', { location: 'S01' });
const worker = aWorker(world, clerk);

async function aPickup() {
  const opened = await world.run(async (ctx) => {
    await aWarehouse(ctx, { mug: 5 }, 'S01');
    return aFulfilment(ctx, { kind: 'pickup', location: 'S01', lines: [{ sku: 'mug', quantity: 1 }] });
  });
  const [facts] = await world.inTx((tx) => fulfilmentsOf(tx, [opened.orderId]));
  return { ...opened, code: facts?.pickupCode ?? '' };
}
const collect = (code: string, location = 'S01', actor = clerk) =>
  world.call(contract.collectPickup, { body: { location, code } }, actor);
const onHand = async () => world.inTx(async (tx) => (await stockLevelsOf(tx, ['mug'], 'S01'))[0]?.onHand ?? 0);

test('a pick-up is handed out against its code once, however often and from wherever it is scanned', async () => {
  const { fulfilmentId, code } = await aPickup();
  expect(code).toMatch(/^\d{10}$/);
  await expect(collect(code)).rejects.toMatchObject({ code: 'pickup.not_ready', details: { state: 'open' } });
  expect(await worker.prepare(fulfilmentId, 'S01')).toMatchObject({
    state: 'packed',
    keepUntil: '2026-11-29',
    trackingNumber: null,
  });
  await expect(collect(code, 'WH1', aStaff('warehouse'))).rejects.toMatchObject({
    code: 'pickup.elsewhere',
    details: { location: 'S01' },
  });
  await expect(collect('0000000000')).rejects.toMatchObject({ code: 'pickup.code_unknown' });
  expect(await world.call(contract.checkPickup, { body: { location: 'S01', code } }, clerk)).toMatchObject({
    id: fulfilmentId,
    state: 'packed',
  });

  const before = await onHand();
  const spaced = `${code.slice(0, 5)} ${code.slice(5)}`;
  const answers = await Promise.allSettled([collect(code), collect(spaced), collect(code), collect(code)]);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect(answer.reason).toMatchObject({ code: 'pickup.code_used', details: { at: '2026-11-22T04:00:00.000Z' } });
  expect(await onHand()).toBe(before - 1);
  expect((await worker.get(fulfilmentId)).state).toBe('collected');
});

test('staff never see the code: who shows it is the buyer', async () => {
  const { fulfilmentId, code } = await aPickup();
  expect(JSON.stringify(await worker.get(fulfilmentId))).not.toContain(code);
});

test('a pick-up that nobody came for by its last day lapses once, is told upwards, and its code opens nothing any more', async () => {
  const { fulfilmentId, orderId, code } = await aPickup();
  await worker.prepare(fulfilmentId, 'S01');
  const lapse = async () => {
    await world.db.pool.query("select graphile_worker.add_job($1, '{}')", [lapsePickups.name]);
    await world.drain();
  };
  world.clock.set('2026-11-29T15:59:00Z'); // the last day, until local midnight
  await lapse();
  expect((await worker.get(fulfilmentId)).state).toBe('packed');
  world.clock.set('2026-11-29T16:01:00Z');
  await lapse();
  await lapse();
  expect((await worker.get(fulfilmentId)).state).toBe('lapsed');
  const { rows } = await world.db.pool.query<{ payload: object }>(
    "select payload from platform.event where name = 'warehouse.fulfilment_lapsed' and payload ->> 'fulfilmentId' = $1",
    [fulfilmentId],
  );
  expect(rows.map(({ payload }) => payload)).toMatchObject([
    { location: 'S01', orders: [{ orderId, lines: [{ lineNo: 1, quantity: 1 }] }] },
  ]);
  await expect(collect(code)).rejects.toMatchObject({ code: 'pickup.code_unknown' });
  world.clock.set('2026-11-22T04:00:00Z');
});
