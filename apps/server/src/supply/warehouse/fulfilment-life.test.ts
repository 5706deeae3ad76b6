import { randomUUID } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { stockLevelsOf } from '../inventory/index.ts';
import { fulfilmentsOf, openFulfilments, shipFulfilments, withdrawLines } from './index.ts';
import { aFulfilment, aRecipient, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const worker = aWorker(world);

const levelOf = async (sku: string, location = 'WH1') =>
  world.inTx(async (tx) => {
    const [level] = await stockLevelsOf(tx, [sku], location);
    return { onHand: level?.onHand, promised: level?.promised };
  });

test('a fulfilment is picked, checked into its parcel, labelled, handed over once: its units are off the stock', async () => {
  const { fulfilmentId, promisedOn } = await world.run(async (ctx) => {
    await aWarehouse(ctx, { mug: 10, tea: 10 });
    return aFulfilment(ctx, {
      lines: [
        { sku: 'mug', quantity: 2 },
        { sku: 'tea', quantity: 1 },
      ],
    });
  });
  expect(promisedOn).toBe('2026-11-24'); // Zhejiang → Shanghai is near: two days by the cheap service
  const packed = await worker.prepare(fulfilmentId);
  expect(packed).toMatchObject({ state: 'packed', carrier: 'SLOW', service: 'SLOW-STD', promisedOn: '2026-11-24' });
  expect(packed.trackingNumber).toMatch(/^SLOW\d{12}$/);
  expect(await levelOf('mug')).toEqual({ onHand: 10, promised: 2 });

  const manifest = await worker.handOver('SLOW');
  expect(manifest.parcels).toMatchObject([{ fulfilmentId, trackingNumber: packed.trackingNumber }]);
  expect(await worker.get(fulfilmentId)).toMatchObject({ state: 'handed_over', parcel: { state: 'handed_over' } });
  expect([await levelOf('mug'), await levelOf('tea')]).toEqual([
    { onHand: 8, promised: 0 },
    { onHand: 9, promised: 0 },
  ]);
  await expect(worker.handOver('SLOW')).rejects.toMatchObject({ code: 'fulfilment.none_packed' });
});
