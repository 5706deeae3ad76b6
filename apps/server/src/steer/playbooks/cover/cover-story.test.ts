import { playbooks as contract, purchasing } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { filledAnalytics } from '../../../know/stream/testing.ts';
import { receiveStock, totalsOf } from '../../../supply/inventory/index.ts';
import { evaluateRules } from '../../warnings/index.ts';
import { onlyRulesOf } from '../../warnings/testing.ts';
import { aReplenished, fireWarnings, runJob, sellDaily } from '../testing.ts';

const world = useWorld();
const chief = aStaff('executive');
const buyer = aStaff('operations');
const hand = aStaff('warehouse');
const decisionsOf = async (sku: string) => (await world.call(contract.listDecisions, { query: { entityKey: sku } }, buyer)).items;
const get = async (id: string, actor = buyer) => {
  const decision = await world.call(contract.getDecision, { params: { id } }, actor);
  if (decision.playbook !== 'cover') throw new Error('not a cover decision');
  return decision;
};

/** A SKU that sells so many a day and has so many left; what it sold last week is more than before. */
async function aScarceSku(sku: string, daily: number, left: number): Promise<void> {
  await world.run(async (ctx) => {
    await aReplenished(ctx, sku);
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku, quantity: left, unitCostFen: 1_200 }] });
  });
  await sellDaily(world, [sku], 29, (daysAgo) => (daysAgo <= 7 ? daily * 2 : daily));
}

beforeAll(async () => {
  await world.run((ctx) => onlyRulesOf(ctx, 'days_of_cover'));
  await aScarceSku('cheap', 2, 6);
  await aScarceSku('dear', 200, 600);
  await filledAnalytics(world);
  await fireWarnings(world);
}, 90_000);

test('a small order runs from signal to measured effect without a hand, and every step says which rule', async () => {
  const [found] = await decisionsOf('cheap');
  const carried = await get(found!.id);
  expect(carried).toMatchObject({ state: 'carried_out', signal: { metric: 'days_of_cover', fireLevel: 7 }, waitsForMe: false });
  // 28 days: 21 × 2 + 7 × 4 = 70 units, 2.5 a day; the last week two more a day
  expect(carried.cause).toMatchObject({ dailyUnits: 2.5, available: 6, openPurchase: 0, coverDays: 2.4, demandChange: 2 });
  expect(carried.cause.contributions).toEqual([{ by: 'channel', key: 'shop', before: 2, after: 4, change: 2 }]);
  expect(carried.cause.sales).toHaveLength(28);
  const { quantity, orderUpTo, safetyStock, options } = carried.proposal;
  expect(orderUpTo).toBeCloseTo(2.5 * 14 + safetyStock, 6);
  expect(quantity).toBe(Math.ceil((orderUpTo - 6) / 10) * 10);
  expect(options.map(({ kind }) => kind)).toEqual(['recommended', 'nothing', 'minimum']);
  expect(carried.steps.map(({ what, rule, actorKind }) => [what, rule?.replace(/^warnings\..+/, 'warnings'), actorKind])).toEqual(
    [
      ['signal_fired', 'warnings', 'system'],
      ['cause_found', 'playbooks.cover@1', 'system'],
      ['proposed', 'playbooks.cover@1', 'system'],
      ['approved_by_rule', 'playbooks.cover.auto_approve@1', 'system'],
      ['purchase_requested', 'playbooks.cover.carry_out@1', 'system'],
    ],
  );

  const proposedAt = world.clock.now().toISOString();
  world.clock.advance(5 * 86_400_000);
  const purchase = await world.call(purchasing.getPurchase, { params: { id: carried.purchaseId! } }, hand);
  expect(purchase).toMatchObject({ cause: `decision:${carried.id}`, quantity, expectedOn: '2026-11-29' });
  await world.call(purchasing.receivePurchase, { params: { id: purchase.id }, body: { lines: [{ lineNo: 1, quantity }] } }, hand);
  await world.drain();
  const measured = await get(carried.id);
  expect(measured).toMatchObject({
    state: 'measured',
    stage: 'effect',
    effect: {
      receivedUnits: quantity,
      leadTimeDays: 5,
      expectedLeadTimeDays: 7,
      stockOutDays: 0,
      coverAfterDays: (quantity + 6) / 2.5,
    },
  });
  expect(measured.effect!.expectedCoverDays).toBe(carried.expected.coverAfterDays);
  expect(measured.steps.slice(-2).map(({ what }) => what)).toEqual(['purchase_received', 'measured']);
  expect((await world.inTx((tx) => totalsOf(tx, ['cheap'])))[0]).toMatchObject({ onHand: quantity + 6 });
  world.clock.set(proposedAt);
});

test('a large order waits for a person whose limit covers it; others are told why their button is refused', async () => {
  const [found] = await decisionsOf('dear');
  const waiting = await get(found!.id);
  expect(waiting.amountFen).toBeGreaterThan(500_000);
  expect(waiting).toMatchObject({ state: 'proposed', purchaseId: null });
  const setting = (await world.call(contract.listSettings, {}, buyer)).items.find(({ playbook }) => playbook === 'cover')!;
  if (setting.playbook !== 'cover') throw new Error('not the cover setting');
  const params = { ...setting.params, approverLimitsFen: { operations: waiting.amountFen - 1, executive: null } };
  const admin = aStaff('admin');
  expect(
    await world.call(
      contract.changeSetting,
      { params: { playbook: 'cover' }, body: { playbook: 'cover', version: 1, params } },
      admin,
    ),
  ).toMatchObject({ version: 2, changedBy: 'Test admin' });

  const approve = (actor: typeof chief) =>
    world.call(contract.approveDecision, { params: { id: waiting.id }, body: { version: waiting.version, note: '旺季' } }, actor);
  expect((await get(waiting.id)).allowed.approve).toMatchObject({ ok: false, reason: 'decision.over_limit' });
  await expect(approve(buyer)).rejects.toMatchObject({
    code: 'decision.over_limit',
    details: { limitFen: waiting.amountFen - 1 },
  });
  await expect(approve(aStaff('analyst'))).rejects.toMatchObject({ code: 'auth.forbidden' });
  expect((await get(waiting.id, chief)).allowed).toMatchObject({ approve: { ok: true }, rollBack: { ok: false } });
  expect(await world.call(contract.listDecisions, { query: { waitsForMe: 'true' } }, chief)).toMatchObject({
    waitingForMe: 1,
    items: [{ id: waiting.id }],
  });
  expect(await world.call(contract.listDecisions, {}, buyer)).toMatchObject({ waitingForMe: 0 });

  await approve(chief);
  await world.drain();
  const done = await get(waiting.id);
  expect(done).toMatchObject({ state: 'carried_out', decidedBy: 'Test executive' });
  expect(done.steps.find(({ what }) => what === 'approved_by_person')).toMatchObject({
    actor: 'Test executive',
    note: '旺季',
    rule: null,
  });
  expect(done.purchaseNumber).toMatch(/^PR-/);
});

test('what a person proposes somebody else approves; an open decision is not doubled', async () => {
  await aScarceSku('byhand', 1, 3);
  await filledAnalytics(world);
  const propose = () => world.call(contract.proposeDecision, { body: { playbook: 'cover', sku: 'byhand' } }, buyer);
  const proposed = await propose();
  expect(proposed).toMatchObject({ state: 'proposed', proposedBy: 'Test operations', signal: null });
  expect(proposed.allowed.approve).toMatchObject({ ok: false, reason: 'decision.four_eyes' });
  await expect(
    world.call(contract.approveDecision, { params: { id: proposed.id }, body: { version: 1 } }, buyer),
  ).rejects.toMatchObject({
    code: 'decision.four_eyes',
  });
  await expect(propose()).rejects.toMatchObject({ code: 'decision.exists', details: { number: proposed.number } });
  await expect(
    world.call(contract.proposeDecision, { body: { playbook: 'cover', sku: 'nothing' } }, buyer),
  ).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(world.call(contract.proposeDecision, { body: { playbook: 'cover', sku: 'cheap' } }, chief)).rejects.toMatchObject({
    code: 'auth.forbidden',
  });

  const change = { playbook: 'cover', quantity: 500 } as const;
  const preview = await world.call(contract.previewProposal, { params: { id: proposed.id }, body: change }, buyer);
  expect(preview).toMatchObject({ proposal: { quantity: 500, amountFen: 600_000 } });
  await world.call(contract.requestChange, { params: { id: proposed.id }, body: { version: 1, note: '多订一些' } }, chief);
  const changed = await world.call(contract.changeProposal, { params: { id: proposed.id }, body: { version: 2, change } }, buyer);
  expect(changed).toMatchObject({ state: 'proposed', amountFen: 600_000, version: 3 });
  await expect(
    world.call(contract.approveDecision, { params: { id: proposed.id }, body: { version: 1 } }, chief),
  ).rejects.toMatchObject({
    code: 'decision.stale',
  });
  await world.call(contract.approveDecision, { params: { id: proposed.id }, body: { version: 3 } }, chief);
  await world.drain();
  const carried = await get(proposed.id);
  expect(carried).toMatchObject({ state: 'carried_out', proposal: { quantity: 500 } });
  await expect(propose()).rejects.toMatchObject({ code: 'decision.nothing_to_do' }); // what is on order covers it

  const back = await world.call(
    contract.rollBackDecision,
    { params: { id: proposed.id }, body: { version: carried.version, reason: '供应商涨价' } },
    chief,
  );
  expect(back).toMatchObject({ state: 'rolled_back' });
  await world.drain();
  expect(await world.call(purchasing.getPurchase, { params: { id: carried.purchaseId! } }, hand)).toMatchObject({
    state: 'cancelled',
  });
});

test('a proposal whose signal is gone expires, so that nobody buys what is no longer missing', async () => {
  await aScarceSku('found', 100, 300);
  await filledAnalytics(world);
  await fireWarnings(world);
  const [open] = await decisionsOf('found');
  expect(open!.state).toBe('proposed');
  await world.run((ctx) =>
    receiveStock(ctx, { cause: 'found', location: 'WH1', lines: [{ sku: 'found', quantity: 5_000, unitCostFen: 1_200 }] }),
  );
  await filledAnalytics(world);
  world.clock.advance(60_000);
  await runJob(world, evaluateRules);
  const gone = await get(open!.id);
  expect(gone.state).toBe('expired');
  expect(gone.steps.slice(-2).map(({ what }) => what)).toEqual(['signal_resolved', 'expired']);
});
