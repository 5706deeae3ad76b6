import { randomUUID } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import type { World } from '../../../test/world.ts';
import { aStaff } from '../../../test/world.ts';
import type { Ctx, StaffActor } from '../../platform/ctx.ts';
import { aTariff } from '../delivery/testing.ts';
import { promiseStock } from '../inventory/index.ts';
import { aStock } from '../inventory/testing.ts';
import { type FulfilmentPlan, type OpenedFulfilment, openFulfilments } from './open-fulfilments.ts';

export const aRecipient = { name: '张三丰', phone: '13800138000', region: '上海市 上海市 黄浦区', address: '人民大道 200 号' };

/** Stock at a place, with carriers and pick-up. */
export async function aWarehouse(ctx: Ctx, units: Readonly<Record<string, number>>, location = 'WH1'): Promise<void> {
  await aTariff(ctx);
  for (const [sku, quantity] of Object.entries(units)) await aStock(ctx, sku, quantity, location);
}

export interface Wanted extends Partial<Omit<FulfilmentPlan, 'lines'>> {
  lines: readonly { sku: string; quantity: number }[];
}

/** An order's promise with its fulfilment, as release makes them; every buyer is somebody else unless told. */
export async function aFulfilment(ctx: Ctx, { lines, ...over }: Wanted): Promise<OpenedFulfilment> {
  const orderId = over.orderId ?? randomUUID();
  const location = over.location ?? 'WH1';
  const numbered = lines.map((line, index) => ({ ...line, lineNo: index + 1 }));
  await promiseStock(ctx, { orderId, channel: over.channel ?? 'shop', lines: numbered.map((line) => ({ ...line, location })) });
  const [opened] = await openFulfilments(ctx, [
    {
      orderId,
      orderNumber: `ORDER-${orderId.slice(0, 8)}`.toUpperCase(),
      location,
      kind: 'delivery',
      channel: 'shop',
      buyerKey: randomUUID(),
      recipient: aRecipient,
      ...over,
      lines: numbered,
    },
  ]);
  if (opened === undefined) throw new Error('nothing was opened');
  return opened;
}

/** A warehouse worker at the console's operations. */
export function aWorker(world: World, actor: StaffActor = aStaff('warehouse')) {
  const worker = {
    pick: (fulfilmentIds: string[], location = 'WH1') =>
      world.call(contract.startPicking, { body: { location, fulfilmentIds } }, actor),
    picked: (pickListId: string, shortages: { sku: string; quantity: number; reason: 'not_found' | 'damaged' }[] = []) =>
      world.call(contract.finishPicking, { params: { pickListId }, body: { shortages } }, actor),
    scan: (fulfilmentId: string, code: string, more: { quantity?: number; lot?: string; serial?: string } = {}) =>
      world.call(contract.scanIntoParcel, { params: { fulfilmentId }, body: { code, ...more } }, actor),
    pack: (fulfilmentId: string, body: { grams?: number; service?: string } = {}) =>
      world.call(contract.finishPacking, { params: { fulfilmentId }, body }, actor),
    get: (fulfilmentId: string) => world.call(contract.getFulfilment, { params: { fulfilmentId } }, actor),
    handOver: (carrier: string, fulfilmentIds?: string[], location = 'WH1') =>
      world.call(contract.handOver, { body: { location, carrier, ...(fulfilmentIds && { fulfilmentIds }) } }, actor),
    /** From open to packed, every unit scanned. */
    prepare: async (fulfilmentId: string, location = 'WH1') => {
      const { id } = await worker.pick([fulfilmentId], location);
      await worker.picked(id);
      const { lines } = await worker.get(fulfilmentId);
      for (const { sku, quantity } of lines) await worker.scan(fulfilmentId, sku, { quantity });
      return worker.pack(fulfilmentId);
    },
  };
  return worker;
}
