import { playbooks as contract, purchasing } from '@tongshang/contract';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { system } from '../../../platform/ctx.ts';
import { inTx, run } from '../../../platform/db.ts';
import type { JobRun } from '../../../platform/jobs.ts';
import { aSignal } from '../../warnings/testing.ts';
import { aReplenished, aCoverDraft, runJob } from '../testing.ts';
import { approveDecision } from './approve-decision.ts';
import { carryOutJob } from './carry-out.ts';
import { saveDecision } from './save-decision.ts';
import { tendDecisions } from './tend-decisions.ts';

const world = useWorld();
const chief = aStaff('executive');
const buyer = aStaff('operations');
const get = (id: string) => world.call(contract.getDecision, { params: { id } }, chief);
const purchasesOf = async (sku: string) => (await world.call(purchasing.listPurchases, { query: { sku } }, buyer)).items;
const signalOf = (of: string) => world.run((ctx) => aSignal(ctx, of));

let sku = '';
let count = 0;
beforeEach(async () => {
  count += 1;
  sku = `sku-${count}`;
  await world.run((ctx) => aReplenished(ctx, sku));
});
const propose = (over: object = {}) => world.run(async (ctx) => saveDecision(ctx, { ...(await aCoverDraft(ctx, sku)), ...over }));

test('approved twenty times at once it is carried out once', async () => {
  const { id } = await propose();
  const approve = () => world.call(contract.approveDecision, { params: { id }, body: { version: 1 } }, chief);
  const answers = await Promise.allSettled(Array.from({ length: 20 }, approve));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'decision.wrong_state' });
  await world.drain();
  expect(await purchasesOf(sku)).toHaveLength(1);
  expect((await get(id)).steps.filter(({ what }) => what === 'approved_by_person')).toHaveLength(1);
});

test('approved and expired at the same time it is one of both, never both', async () => {
  for (let round = 0; round < 6; round += 1) {
    sku = `race-${round}`;
    await world.run((ctx) => aReplenished(ctx, sku));
    const { id } = await propose();
    const expiresAt = new Date((await get(id)).expiresAt);
    const approve = inTx(world.db, { actor: chief, now: new Date(expiresAt.getTime() - 1) }, (ctx) =>
      approveDecision(ctx, { id, version: 1, dropSkus: [] }),
    );
    const before = world.clock.now();
    world.clock.set(expiresAt.toISOString());
    const [approved] = await Promise.allSettled([approve, runJob(world, tendDecisions)]);
    await world.drain();
    const { state, steps } = await get(id);
    const isApproved = approved.status === 'fulfilled';
    expect(state).toBe(isApproved ? 'carried_out' : 'expired');
    expect(await purchasesOf(sku)).toHaveLength(isApproved ? 1 : 0);
    expect(steps.filter(({ what }) => what === 'expired' || what === 'approved_by_person')).toHaveLength(1);
    world.clock.set(before.toISOString());
  }
});

test('after it expired nobody approves it, even before the job has looked', async () => {
  const { id } = await propose();
  const before = world.clock.now();
  world.clock.advance(72 * 3_600_000);
  expect((await get(id)).allowed.approve).toMatchObject({ ok: false, reason: 'decision.expired' });
  await expect(world.call(contract.approveDecision, { params: { id }, body: { version: 1 } }, chief)).rejects.toMatchObject({
    code: 'decision.expired',
  });
  await runJob(world, tendDecisions);
  expect(await get(id)).toMatchObject({ state: 'expired', waitsForMe: false });
  world.clock.set(before.toISOString());
});

test('killed at any moment and run again, it asks the supplier once', async () => {
  const { id } = await propose();
  await world.run((ctx) => approveDecision(ctx, { id, version: 1, dropSkus: [] }), chief);
  const work = (die: boolean) => {
    const whole: JobRun['inTx'] = (inner) =>
      inTx(world.db, { actor: system('playbooks/carry-out'), now: world.clock.now() }, async (ctx) => {
        const result = await inner(ctx);
        if (die) throw new Error('killed before the commit');
        return result;
      });
    return carryOutJob.work({ inTx: whole, now: world.clock.now, signal: new AbortController().signal }, {
      decisionId: id,
    } as never);
  };
  await expect(work(true)).rejects.toThrow('killed');
  expect(await purchasesOf(sku)).toEqual([]);
  expect((await get(id)).state).toBe('approved');
  await work(false); // done, but the worker dies before the queue hears of it …
  await world.drain(); // … so the queue runs it again
  expect(await purchasesOf(sku)).toHaveLength(1);
  expect((await get(id)).steps.filter(({ what }) => what === 'purchase_requested')).toHaveLength(1);
});

test('what the use case refuses becomes a failed decision that people see', async () => {
  const draft = await world.run((ctx) => aCoverDraft(ctx, sku));
  const { id } = await propose({ proposal: { ...draft.proposal, location: 'X9' } });
  await world.run((ctx) => approveDecision(ctx, { id, version: 1, dropSkus: [] }), chief);
  await world.drain();
  const failed = await get(id);
  expect(failed).toMatchObject({ state: 'failed', purchaseId: null });
  expect(failed.steps.at(-1)).toMatchObject({
    what: 'execution_failed',
    details: { code: 'location.not_found', location: 'X9' },
  });
});

test('a signal is answered once; a new one supersedes an untouched proposal and joins a touched one', async () => {
  const first = await signalOf(sku);
  const one = await propose({ signal: first });
  expect(await propose({ signal: first })).toEqual({ outcome: 'joined', id: one.id });
  const two = await propose({ signal: await signalOf(sku) });
  expect(two.outcome).toBe('proposed');
  expect(await get(one.id)).toMatchObject({ state: 'superseded', supersededBy: two.id });
  await world.call(contract.requestChange, { params: { id: two.id }, body: { version: 1, note: '再看看' } }, chief);
  const third = await signalOf(sku);
  expect(await propose({ signal: third })).toEqual({ outcome: 'joined', id: two.id });
  expect((await get(two.id)).steps.at(-1)).toMatchObject({ what: 'signal_joined', details: { signalId: third.id } });
  const { items } = await world.call(contract.listDecisions, { query: { entityKey: sku } }, chief);
  expect(items).toHaveLength(2);
});

test('ten signals on one SKU at the same time leave one open decision', async () => {
  const signals = await Promise.all(Array.from({ length: 10 }, () => signalOf(sku)));
  await Promise.all(signals.map((signal) => propose({ signal })));
  const { items } = await world.call(contract.listDecisions, { query: { entityKey: sku } }, chief);
  expect(items.filter(({ state }) => state === 'proposed')).toHaveLength(1);
  expect(items.filter(({ state }) => state === 'superseded')).toHaveLength(9);
});

test('a rejection needs a reason, ends the decision and lets the next one come', async () => {
  const { id } = await propose();
  const reject = (reason: string) => world.call(contract.rejectDecision, { params: { id }, body: { version: 1, reason } }, chief);
  await expect(reject('  ')).rejects.toMatchObject({ code: 'request.invalid' });
  expect(await reject('换季')).toMatchObject({ state: 'rejected', decidedBy: 'Test executive' });
  await expect(reject('再次')).rejects.toMatchObject({ code: 'decision.wrong_state' });
  expect((await propose()).outcome).toBe('proposed');
});

test('steps are never changed, and settings keep every version', async () => {
  const { id } = await propose();
  await expect(
    world.inTx((tx) => run(tx, sql`update playbooks.step set what = 'rejected' where decision_id = ${id}`)),
  ).rejects.toThrow('append-only');
  const setting = (await world.call(contract.listSettings, {}, chief)).items[1]!;
  if (setting.playbook !== 'slow_mover') throw new Error('not the mark-down setting');
  const change = (over: object, version = setting.version) =>
    world.call(
      contract.changeSetting,
      { params: { playbook: 'slow_mover' }, body: { playbook: 'slow_mover', version, params: { ...setting.params, ...over } } },
      aStaff('admin'),
    );
  await expect(change({ depthMinimumBp: 3_000 })).rejects.toMatchObject({
    code: 'playbook.invalid',
    details: { field: 'depthMinimumBp' },
  });
  await expect(change({ elasticity: { low: -1, mid: -2, high: -3 } })).rejects.toMatchObject({ code: 'playbook.invalid' });
  const saved = await Promise.allSettled([change({ depthBp: 2_500 }), change({ depthBp: 3_000 })]);
  expect(saved.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(change({ depthBp: 1_000 })).rejects.toMatchObject({ code: 'playbook.stale' });
});

test('pages of decisions follow each other without a gap or a repeat, and the rest is refused', async () => {
  for (let round = 0; round < 3; round += 1) {
    sku = `paged-${round}`;
    await world.run((ctx) => aReplenished(ctx, sku));
    await propose();
  }
  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await world.call(
      contract.listDecisions,
      { query: { limit: 2, search: 'paged', ...(after && { after }) } },
      chief,
    );
    seen.push(...page.items.map(({ entityKey }) => entityKey));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toEqual(['paged-2', 'paged-1', 'paged-0']);
  await expect(get(crypto.randomUUID())).rejects.toMatchObject({ code: 'decision.not_found' });
});
