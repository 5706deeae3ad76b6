import { purchasing as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { findDrift, totalsOf } from '../inventory/index.ts';
import { openQuantity } from './queries.ts';
import { receivePurchase } from './receive-purchase.ts';
import { aPurchase, aTerm } from './testing.ts';

const world = useWorld();
const buyer = aStaff('operations');
const hand = aStaff('warehouse');
const get = (id: string) => world.call(contract.getPurchase, { params: { id } }, hand);
const onHand = async (sku: string) => (await world.inTx((tx) => totalsOf(tx, [sku])))[0]?.onHand ?? 0;

test('what arrives is stock at its cost in the same transaction, and what is open shrinks', async () => {
  const { id } = await world.run(async (ctx) => {
    await aTerm(ctx, 'cup');
    return aPurchase(ctx, [{ sku: 'cup', quantity: 30 }]);
  });
  expect(await world.inTx((tx) => openQuantity(tx, ['cup']))).toEqual(new Map([['cup', 30]]));
  const first = await world.call(
    contract.receivePurchase,
    { params: { id }, body: { lines: [{ lineNo: 1, quantity: 12 }] } },
    hand,
  );
  expect(first).toMatchObject({
    state: 'partly_received',
    received: 12,
    lines: [{ open: 18 }],
    allowed: { receive: { ok: true } },
  });
  const second = await world.call(
    contract.receivePurchase,
    { params: { id }, body: { lines: [{ lineNo: 1, quantity: 18 }] } },
    hand,
  );
  expect(second).toMatchObject({ state: 'received', allowed: { receive: { ok: false, reason: 'purchase.wrong_state' } } });
  expect(second.receipts.map(({ lines }) => lines[0]!.quantity)).toEqual([12, 18]);
  expect(await world.inTx((tx) => totalsOf(tx, ['cup']))).toMatchObject([{ onHand: 30, unitCostFen: 1_200 }]);
  expect(await world.inTx((tx) => openQuantity(tx, ['cup']))).toEqual(new Map([['cup', 0]]));
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('more than was asked for is refused, and nothing of it is kept', async () => {
  const { id } = await world.run(async (ctx) => {
    await aTerm(ctx, 'lid');
    await aTerm(ctx, 'mug');
    return aPurchase(ctx, [
      { sku: 'lid', quantity: 10 },
      { sku: 'mug', quantity: 10 },
    ]);
  });
  const lines = [
    { lineNo: 1, quantity: 10 },
    { lineNo: 2, quantity: 11 },
  ];
  await expect(world.call(contract.receivePurchase, { params: { id }, body: { lines } }, hand)).rejects.toMatchObject({
    code: 'purchase.exceeds_request',
    details: { sku: 'mug', open: 10, arrived: 11 },
  });
  expect(await get(id)).toMatchObject({ state: 'requested', received: 0, receipts: [] });
  expect(await onHand('lid')).toBe(0);
});

test('twenty receipts at the same time never take in more than was asked for', async () => {
  const { id } = await world.run(async (ctx) => {
    await aTerm(ctx, 'pot');
    return aPurchase(ctx, [{ sku: 'pot', quantity: 10 }]);
  });
  const receive = () => world.run((ctx) => receivePurchase(ctx, { id, lines: [{ lineNo: 1, quantity: 3 }] }));
  const answers = await Promise.allSettled(Array.from({ length: 20 }, receive));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'purchase.exceeds_request' });
  expect(await onHand('pot')).toBe(9);
});

test('the same receipt sent twice is booked once', async () => {
  const { id } = await world.run(async (ctx) => {
    await aTerm(ctx, 'jar');
    return aPurchase(ctx, [{ sku: 'jar', quantity: 10 }]);
  });
  const send = () =>
    world.call(
      contract.receivePurchase,
      { params: { id }, body: { lines: [{ lineNo: 1, quantity: 4 }] }, idempotencyKey: 'receipt-0001' },
      hand,
    );
  expect(await send()).toEqual(await send());
  expect(await onHand('jar')).toBe(4);
});

test('lots, expiry days and serial numbers are asked for where the SKU is tracked', async () => {
  const { id } = await world.run(async (ctx) => {
    await aTerm(ctx, 'tea');
    await aTerm(ctx, 'kettle');
    await someSkus(ctx, ['tea'], { isLotTracked: true });
    await someSkus(ctx, ['kettle'], { isSerialised: true });
    return aPurchase(ctx, [
      { sku: 'tea', quantity: 10 },
      { sku: 'kettle', quantity: 2 },
    ]);
  });
  const receive = (...lines: Parameters<typeof receivePurchase>[1]['lines']) =>
    world.run((ctx) => receivePurchase(ctx, { id, lines }));
  await expect(receive({ lineNo: 1, quantity: 10 })).rejects.toMatchObject({ details: { sku: 'tea', missing: 'lot' } });
  await expect(receive({ lineNo: 2, quantity: 2, serials: ['k1'] })).rejects.toMatchObject({ details: { missing: 'serials' } });
  await receive(
    { lineNo: 1, quantity: 10, lot: 'L1', expiresOn: '2027-05-01' },
    { lineNo: 2, quantity: 2, serials: ['k1', 'k2'] },
  );
  const [receipt] = (await get(id)).receipts;
  expect(receipt!.lines).toMatchObject([
    { sku: 'tea', lot: 'L1', expiresOn: '2027-05-01' },
    { sku: 'kettle', serials: ['k1', 'k2'] },
  ]);
});

test('one cause asks a supplier once, also when two ask at the same time', async () => {
  await world.run((ctx) => aTerm(ctx, 'pan'));
  const ask = () => world.run((ctx) => aPurchase(ctx, [{ sku: 'pan', quantity: 10 }], { cause: 'decision:1' }));
  const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()];
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
});

test('a request names a supplier, a place, known SKUs and a cost, or is refused', async () => {
  await world.run((ctx) => aTerm(ctx, 'bowl'));
  await world.run((ctx) => aTerm(ctx, 'plate', { supplier: 'F2' }));
  const ask = (body: object) =>
    world.call(
      contract.requestPurchase,
      { body: { supplier: 'F1', location: 'WH1', lines: [{ sku: 'bowl', quantity: 1 }], ...body } },
      buyer,
    );
  await expect(ask({ supplier: 'F9' })).rejects.toMatchObject({ code: 'supplier.not_found' });
  await expect(ask({ location: 'X9' })).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(ask({ lines: [{ sku: 'nothing', quantity: 1 }] })).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(ask({ lines: [{ sku: 'plate', quantity: 1 }] })).rejects.toMatchObject({ code: 'supply_term.missing' });
  expect(await ask({ lines: [{ sku: 'plate', quantity: 2, unitCostFen: 900 }] })).toMatchObject({
    amountFen: 1_800,
    expectedOn: '2026-11-29',
  });
  expect(await world.call(contract.listPurchases, { query: { sku: 'plate' } }, buyer)).toMatchObject({
    items: [{ quantity: 2 }],
    next: null,
  });
});

test('giving up cancels an untouched request and closes a partly received one', async () => {
  const ask = () =>
    world.run(async (ctx) => {
      await aTerm(ctx, 'vase');
      return aPurchase(ctx, [{ sku: 'vase', quantity: 10 }]);
    });
  const [untouched, partly] = [await ask(), await ask()];
  await world.run((ctx) => receivePurchase(ctx, { id: partly.id, lines: [{ lineNo: 1, quantity: 1 }] }));
  const cancel = (id: string) => world.call(contract.cancelPurchase, { params: { id }, body: { reason: '供应商停产' } }, buyer);
  expect(await cancel(untouched.id)).toMatchObject({ state: 'cancelled', closedReason: '供应商停产' });
  expect(await cancel(partly.id)).toMatchObject({ state: 'closed', received: 1 });
  await expect(cancel(untouched.id)).rejects.toMatchObject({ code: 'purchase.wrong_state' });
  expect(await world.inTx((tx) => openQuantity(tx, ['vase']))).toEqual(new Map([['vase', 0]]));
});

test('pages follow each other without a gap or a repeat', async () => {
  await world.run((ctx) => aTerm(ctx, 'tray'));
  const made = new Set<string>();
  for (let index = 0; index < 5; index += 1)
    made.add((await world.run((ctx) => aPurchase(ctx, [{ sku: 'tray', quantity: 1 }]))).id);
  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const query = { sku: 'tray', limit: 2, ...(after && { after }) };
    const page = await world.call(contract.listPurchases, { query }, buyer);
    seen.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen)).toEqual(made);
});

test('suppliers and terms are put by who may request, and only for what exists', async () => {
  await world.run((ctx) => aTerm(ctx, 'spoon'));
  const put = (sku: string, supplier: string) =>
    world.call(contract.putSupplyTerm, { params: { sku, supplier }, body: { unitCostFen: 500, packSize: 6 } }, buyer);
  await world.call(contract.putSupplier, { params: { code: 'F3' }, body: { name: '新厂', leadTimeDays: 3 } }, buyer);
  expect(await put('spoon', 'F3')).toMatchObject({ leadTimeDays: 3, minimumQuantity: 1, isPreferred: true });
  const { items } = await world.call(contract.listSupplyTerms, { query: { search: 'spoon' } }, buyer);
  expect(items.map(({ supplier, isPreferred }) => [supplier, isPreferred])).toEqual([
    ['F1', false],
    ['F3', true],
  ]);
  await expect(put('nothing', 'F3')).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(put('spoon', 'F9')).rejects.toMatchObject({ code: 'supplier.not_found' });
  await expect(
    world.call(
      contract.requestPurchase,
      { body: { supplier: 'F1', location: 'WH1', lines: [{ sku: 'spoon', quantity: 1 }] } },
      hand,
    ),
  ).rejects.toMatchObject({ code: 'auth.forbidden' });
});
