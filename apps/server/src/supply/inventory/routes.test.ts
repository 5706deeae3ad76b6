import { randomUUID } from 'node:crypto';
import { inventory as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aStock } from './testing.ts';

const world = useWorld();
const warehouse = aStaff('warehouse');
const adjustment = (over: object) => ({ sku: 'kettle', location: 'WH1', change: -1, reason: 'damage' as const, ...over });

test('an adjustment is booked once for one key and told with the level it leaves', async () => {
  await world.run((ctx) => aStock(ctx, 'kettle', 10));
  const idempotencyKey = randomUUID();
  const send = () => world.call(contract.adjustStock, { body: adjustment({ note: '摔坏' }), idempotencyKey }, warehouse);
  expect(await send()).toMatchObject({ sku: 'kettle', onHand: 9, available: 9 });
  expect(await send()).toMatchObject({ onHand: 9 });
  const { items } = await world.call(contract.listMovements, { params: { sku: 'kettle' } }, warehouse);
  expect(items.map(({ kind, quantity, balance, reason, actor }) => ({ kind, quantity, balance, reason, actor }))).toEqual([
    { kind: 'damage', quantity: -1, balance: 9, reason: 'damage: 摔坏', actor: 'Test warehouse' },
    { kind: 'receipt', quantity: 10, balance: 10, reason: null, actor: 'test' },
  ]);
});

test('an adjustment refuses what does not exist, what is not there, and who may not', async () => {
  await world.run((ctx) => aStock(ctx, 'kettle', 0));
  const send = (over: object, actor = warehouse) => world.call(contract.adjustStock, { body: adjustment(over) }, actor);
  await expect(send({ sku: 'ghost' })).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(send({ location: 'MOON' })).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(send({ change: -9999 })).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(send({ change: 0 })).rejects.toMatchObject({ code: 'request.invalid' });
  await expect(send({}, aStaff('analyst'))).rejects.toMatchObject({
    code: 'auth.forbidden',
    details: { permission: 'inventory.adjust' },
  });
  await expect(world.call(contract.listMovements, { params: { sku: 'ghost' } }, warehouse)).rejects.toMatchObject({
    code: 'sku.not_found',
  });
});

test('stock pages follow one another without a gap or a repeat', async () => {
  await world.run(async (ctx) => {
    for (const sku of ['p1', 'p2', 'p3', 'p4', 'p5']) await aStock(ctx, sku, 1);
  });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await world.call(contract.listStock, { query: { search: 'p', limit: 2, ...(after && { after }) } }, warehouse);
    seen.push(...page.items.map((item) => item.sku));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
});

test('lots on hand are listed first expiring first, locations in their order', async () => {
  const { items } = await world.call(contract.listLocations, {}, warehouse);
  expect(items.map((location) => location.code)).toEqual(['WH1', 'S01']);
  expect(await world.call(contract.listLots, { params: { sku: 'kettle' } }, warehouse)).toEqual({ items: [] });
});
