import { playbooks as contract, pricing } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { upsertCategories } from '../../../base/catalog/index.ts';
import { filledAnalytics } from '../../../know/stream/testing.ts';
import { marginFloors, pricesAt } from '../../../sell/pricing/index.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { onlyRulesOf } from '../../warnings/testing.ts';
import { tendDecisions } from '../decision/tend-decisions.ts';
import { meanOf } from '../statistics.ts';
import { fireWarnings, runJob, sellDaily, someSlowSkus } from '../testing.ts';

const world = useWorld();
const marketer = aStaff('marketer');
const shirts = Array.from({ length: 12 }, (_, index) => `shirt-${String(index + 1).padStart(2, '0')}`);
const sweets = Array.from({ length: 8 }, (_, index) => `sweet-${index + 1}`);
const leafOf = (index: number) => (index % 3 === 0 ? 'apparel/coats' : 'apparel/tshirts');

const get = async (id: string) => {
  const decision = await world.call(contract.getDecision, { params: { id } }, marketer);
  if (decision.playbook !== 'slow_mover') throw new Error('not a mark-down');
  return decision;
};
type Decision = Awaited<ReturnType<typeof get>>;
const openFor = async (category: string) => {
  const { items } = await world.call(contract.listDecisions, { query: { entityKey: category } }, marketer);
  return get(items[0]!.id);
};
const inArm = (decision: Decision, arm: string) => decision.arms.filter((row) => row.arm === arm).map(({ sku }) => sku);
const pricesNow = (skus: readonly string[]) => world.run((ctx) => pricesAt(ctx.tx, { skus, channel: 'shop', at: ctx.now }));
const amountsNow = async (skus: readonly string[]) => [...(await pricesNow(skus)).values()].map(({ amountFen }) => amountFen);

beforeAll(async () => {
  await world.run((ctx) => onlyRulesOf(ctx, 'stock_turnover'));
  await world.run(async (ctx) => {
    await aStock(ctx, 'other', 0);
    const category = (code: string, name: string) => ({ code, name, nameEn: code, position: 0 });
    await upsertCategories(ctx, [
      category('apparel', '服装'),
      category('apparel/tshirts', 'T恤'),
      category('apparel/coats', '外套'),
      category('food', '食品'),
      category('food/sweets', '糖果'),
      category('home', '家居'),
    ]);
  });
  await someSlowSkus(world, [
    ...shirts.map((sku, index) => ({ sku, category: leafOf(index) })),
    ...sweets.map((sku) => ({ sku, category: 'food/sweets' })),
    { sku: 'shirt-floor', category: 'apparel/tshirts', costFen: 9_500 }, // floor ¥112.72: nothing to mark down
    { sku: 'shirt-fresh', category: 'apparel/tshirts', ageDays: 20 },
    { sku: 'lone-lamp', category: 'home' },
  ]);
  await filledAnalytics(world);
  await fireWarnings(world);
}, 90_000);

test('old stock that sells too little is proposed by group, with who is left out and why; the draw is kept', async () => {
  const decision = await openFor('apparel');
  expect(decision).toMatchObject({ state: 'proposed', entityName: '服装', signal: { metric: 'stock_turnover' } });
  expect(decision.cause.excluded).toEqual([
    { sku: 'shirt-floor', name: 'shirt-floor', nameEn: 'shirt-floor in English', why: 'below_floor' },
  ]);
  expect(decision.cause.candidates.map(({ sku }) => sku).toSorted()).toEqual([...shirts, 'shirt-floor'].toSorted());
  expect(decision.cause.candidates[0]).toMatchObject({ ageDays: 180, available: 100, unitsSold: 4, sellThroughBp: 385 });
  expect(decision.arms).toHaveLength(12);
  expect([inArm(decision, 'treated').length, inArm(decision, 'control').length]).toEqual([6, 6]);
  const coats = (arm: string) => decision.arms.filter((row) => row.arm === arm && row.category === 'apparel/coats').length;
  expect([coats('treated'), coats('control')]).toEqual([2, 2]);
  const floors = await world.inTx((tx) => marginFloors(tx, shirts));
  for (const arm of decision.arms) {
    expect(arm.newPriceFen).toBe(arm.arm === 'treated' ? 9_040 : null);
    expect(arm.floorFen).toBe(floors.get(arm.sku));
  }
  const { items } = await world.call(contract.listDecisions, { query: { entityKey: 'home' } }, marketer);
  expect(items).toEqual([]); // one lamp is no experiment
});

test('rolled back early, prices return at once and the whole days that ran are measured', async () => {
  world.clock.set('2026-11-22T05:30:00Z');
  const proposed = await openFor('food');
  await world.call(contract.approveDecision, { params: { id: proposed.id }, body: { version: proposed.version } }, marketer);
  await world.drain();
  world.clock.set('2026-11-25T04:00:00Z');
  const running = await get(proposed.id);
  expect(running.live.at(-1)).toMatchObject({ day: '2026-11-25' });
  expect(running.allowed.rollBack).toMatchObject({ ok: true });
  const treated = inArm(running, 'treated');
  expect(new Set(await amountsNow(treated))).toEqual(new Set([9_040]));
  const back = { params: { id: running.id }, body: { version: running.version, reason: '客诉' } };
  expect(await world.call(contract.rollBackDecision, back, marketer)).toMatchObject({ state: 'rolled_back' });
  expect(new Set(await amountsNow(treated))).toEqual(new Set([11_300]));
  await runJob(world, tendDecisions);
  expect(await get(running.id)).toMatchObject({
    state: 'rolled_back',
    effect: { from: '2026-11-23', to: '2026-11-24', windowDays: 2 },
  });
  await expect(world.call(contract.rollBackDecision, back, marketer)).rejects.toMatchObject({ code: 'decision.wrong_state' });
});

test('approved without one SKU it lowers the treated prices at the time set, leaves control alone, and measures the difference', async () => {
  world.clock.set('2026-11-22T05:30:00Z');
  const proposed = await openFor('apparel');
  const [dropped] = inArm(proposed, 'treated');
  const approve = (actor: typeof marketer, dropSkus: string[]) =>
    world.call(contract.approveDecision, { params: { id: proposed.id }, body: { version: proposed.version, dropSkus } }, actor);
  await expect(approve(aStaff('operations'), [])).rejects.toMatchObject({ code: 'auth.forbidden' });
  await expect(approve(marketer, inArm(proposed, 'control').slice(1))).rejects.toMatchObject({ code: 'decision.nothing_to_do' });
  const approved = await approve(marketer, [dropped!]);
  expect(approved.amountFen).toBeLessThan(proposed.amountFen);
  await world.drain();
  const running = await get(proposed.id);
  expect(running).toMatchObject({
    state: 'carried_out',
    effectiveFrom: '2026-11-22T16:00:00.000Z',
    effectiveTo: '2026-12-06T16:00:00.000Z',
  });
  const [treated, control] = [inArm(running, 'treated'), inArm(running, 'control')];
  expect(treated).toHaveLength(5);

  expect(await amountsNow(treated)).toEqual(treated.map(() => 11_300));
  world.clock.set('2026-11-22T15:59:59.999Z');
  expect(await amountsNow(treated)).toEqual(treated.map(() => 11_300));
  world.clock.set('2026-11-22T16:00:00.000Z');
  expect(await amountsNow(treated)).toEqual(treated.map(() => 9_040));
  expect(await amountsNow([...control, dropped!])).toEqual([...control, dropped].map(() => 11_300));
  world.clock.set('2026-12-06T16:00:00.000Z');
  expect(await amountsNow(treated)).toEqual(treated.map(() => 11_300)); // back to list by themselves

  // Within the window (23 November to 6 December) the treated sell two or three a day, control one every other day.
  await sellDaily(world, treated, 14, (_, index) => 2 + (index % 2), 9_040);
  await sellDaily(world, control, 14, (daysAgo) => daysAgo % 2);
  await filledAnalytics(world);
  world.clock.advance(2 * 3_600_000);
  await runJob(world, tendDecisions);
  const { state, stage, effect, steps, measuredGainFen } = await get(proposed.id);
  expect({ state, stage }).toEqual({ state: 'measured', stage: 'effect' });
  expect(effect).toMatchObject({
    from: '2026-11-23',
    to: '2026-12-06',
    windowDays: 14,
    preDays: 28,
    treatedCount: 5,
    controlCount: 6,
    isEnough: true,
  });
  const before = 4 / 28;
  const expected = meanOf(treated.map((_, index) => 2 + (index % 2) - before)) - (0.5 - before);
  expect(effect!.units.effect).toBeCloseTo(expected, 9);
  expect(effect!.units.total).toBeCloseTo(expected * 5 * 14, 6);
  expect(effect!.units.low).toBeLessThan(expected);
  expect(effect!.units.high).toBeGreaterThan(expected);
  expect(effect!.units.isSignificant).toBe(true);
  // ¥113.00 and ¥90.40 are ¥100.00 and ¥80.00 without VAT; cost ¥40.00
  const margins = meanOf(treated.map((_, index) => (2 + (index % 2)) * 4_000 - before * 6_000)) - (0.5 - before) * 6_000;
  expect(effect!.marginFen.effect).toBeCloseTo(margins, 6);
  expect(measuredGainFen!.mid).toBeCloseTo(margins * 5 * 14, 3);
  expect(effect!.series).toHaveLength(42);
  expect(steps.map(({ what }) => what).slice(-4)).toEqual([
    'markdown_scheduled',
    'markdown_started',
    'markdown_ended',
    'measured',
  ]);
  for (const sku of [...control, dropped!]) {
    const { items } = await world.call(pricing.listPrices, { params: { sku } }, marketer);
    expect(items.map(({ kind }) => kind)).toEqual(['list']);
  }
});

test('other assumptions can be tried without storing them, and stored they make the editor the proposer', async () => {
  world.clock.set('2027-01-10T04:00:00Z'); // the groups are free again
  const proposed = await world.call(
    contract.proposeDecision,
    { body: { playbook: 'slow_mover', category: 'apparel' } },
    marketer,
  );
  const change = { playbook: 'slow_mover', depthBp: 3_000, windowDays: 7, elasticity: { low: -3, mid: -2, high: -1 } } as const;
  const preview = await world.call(contract.previewProposal, { params: { id: proposed.id }, body: change }, marketer);
  if (preview.playbook !== 'slow_mover') throw new Error('not a mark-down');
  expect(preview.proposal.assumptions).toEqual({ depthBp: 3_000, windowDays: 7, elasticity: change.elasticity });
  expect(new Set(preview.arms.filter(({ arm }) => arm === 'treated').map(({ newPriceFen }) => newPriceFen))).toEqual(
    new Set([7_910]),
  );
  expect((await get(proposed.id)).proposal).toMatchObject({ assumptions: { depthBp: 2_000 } });
  for (const { sku, nameEn } of preview.arms) expect(nameEn).toBe(`${sku} in English`);
  world.clock.advance(3_600_000);
  const changed = await world.call(
    contract.changeProposal,
    { params: { id: proposed.id }, body: { version: 1, change } },
    marketer,
  );
  expect(changed).toMatchObject({
    version: 2,
    proposedBy: 'Test marketer',
    proposedAt: world.clock.now().toISOString(),
    proposal: { seed: preview.proposal.seed },
  });
  expect(changed.allowed.approve).toMatchObject({ ok: false, reason: 'decision.four_eyes' });
  await expect(
    world.call(contract.proposeDecision, { body: { playbook: 'slow_mover', category: 'home' } }, marketer),
  ).rejects.toMatchObject({
    code: 'decision.nothing_to_do',
  });
});
