import { promotions as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, type BodyOf, useWorld } from '../../../test/world.ts';
import { promotions } from './tables.ts';

const world = useWorld();
const writer = aStaff('marketer');
const other = aStaff('executive');
const both = aStaff('admin');
const viewer = aStaff('analyst');

type Draft = BodyOf<typeof contract.createPromotion>;
const draft: Draft = {
  name: '满300减40',
  nameEn: '¥40 off ¥300',
  stage: 'threshold',
  when: { all: [{ is: 'member' }] },
  then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 30_000, off: { fen: 4000 } }] },
  startsAt: '2026-11-22T00:00:00+08:00',
  endsAt: '2026-12-01T00:00:00+08:00',
  budgetFen: 500_000,
};
const create = (over: Partial<Draft> = {}, by = writer) =>
  world.call(contract.createPromotion, { body: { ...draft, ...over } }, by);
type Shown = Awaited<ReturnType<typeof create>>;
const save = ({ id, version }: Shown, over: Partial<Draft> = {}, by = writer) =>
  world.call(contract.savePromotion, { params: { id }, body: { ...draft, ...over, version } }, by);
const submit = ({ id, version }: Shown, by = writer) =>
  world.call(contract.submitPromotion, { params: { id }, body: { version } }, by);
const approve = ({ id, version }: Shown, by = other) =>
  world.call(contract.approvePromotion, { params: { id }, body: { version } }, by);
const reject = ({ id, version }: Shown, by = other) =>
  world.call(contract.rejectPromotion, { params: { id }, body: { version, reason: '太贵' } }, by);
const pause = ({ id }: { id: string }) => world.call(contract.pausePromotion, { params: { id } }, writer);
const resume = ({ id }: { id: string }) => world.call(contract.resumePromotion, { params: { id } }, writer);
const end = ({ id }: { id: string }) => world.call(contract.endPromotion, { params: { id } }, writer);
const get = ({ id }: { id: string }, by = writer) => world.call(contract.getPromotion, { params: { id } }, by);
const missing = { id: crypto.randomUUID(), version: 1 } as Shown;
const events = async () =>
  (
    await world.db.pool.query<{ count: number }>(
      `select count(*)::int as count from platform.event where name = 'promotions.promotion_changed'`,
    )
  ).rows[0]!.count;

test('what can cost no more than the limit is approved as it is submitted; its writer stands as who answers for it', async () => {
  const written = await create();
  expect(written).toMatchObject({ state: 'draft', status: 'draft', version: 1, costMaxFen: 500_000, needsSecondPerson: false });
  const started = await submit(written);
  expect(started).toMatchObject({ state: 'approved', status: 'running', version: 2, approvedBy: { id: writer.id } });
});

test('above the limit a second person approves: not the writer, not who last changed it, whatever rights they hold', async () => {
  const written = await create({ budgetFen: 1_000_001 }, both);
  expect(written.needsSecondPerson).toBe(true);
  const waiting = await submit(written, both);
  expect(waiting).toMatchObject({ state: 'waiting', approvedBy: null, mayApprove: false });
  await expect(approve(waiting, both)).rejects.toMatchObject({ code: 'promotion.needs_second_person' });
  const changed = await save(waiting, { budgetFen: 2_000_000 }, writer);
  expect(changed).toMatchObject({ state: 'draft', changedBy: { id: writer.id } });
  const again = await submit(changed, writer);
  await expect(approve(again, { ...other, id: writer.id })).rejects.toMatchObject({ code: 'promotion.needs_second_person' });
  await expect(approve(again, both)).rejects.toMatchObject({ code: 'promotion.needs_second_person' });
  expect((await get(again, other)).mayApprove).toBe(true);
  expect(await approve(again)).toMatchObject({ state: 'approved', status: 'running', approvedBy: { id: other.id } });
});

test('every step is written down with who took it, and a rejection with its reason; nobody can rewrite it', async () => {
  const written = await create({ budgetFen: null });
  const sent = await submit(written);
  const back = await reject(sent);
  const again = await approve(await submit(await save(back, { budgetFen: null })));
  await pause(again);
  await resume(again);
  await end(again);
  const { items } = await world.call(contract.listPromotionSteps, { params: { id: written.id } }, viewer);
  expect(items.toReversed().map(({ what, by, note }) => [what, by.id === writer.id ? 'writer' : 'other', note])).toEqual([
    ['created', 'writer', null],
    ['submitted', 'writer', null],
    ['rejected', 'other', '太贵'],
    ['changed', 'writer', null],
    ['submitted', 'writer', null],
    ['approved', 'other', null],
    ['paused', 'writer', null],
    ['resumed', 'writer', null],
    ['ended', 'writer', null],
  ]);
  await expect(world.db.pool.query('delete from promotions.step')).rejects.toThrow('promotions.step is append-only');
  await expect(world.call(contract.listPromotionSteps, { params: { id: missing.id } }, viewer)).rejects.toMatchObject({
    code: 'promotion.not_found',
  });
});

test('exactly at the limit nobody else is needed; without any bound somebody always is', async () => {
  expect((await submit(await create({ budgetFen: 1_000_000 }))).state).toBe('approved');
  expect((await submit(await create({ budgetFen: null }))).state).toBe('waiting');
  const counted = await create({ budgetFen: null, usesMax: 250 });
  expect(counted).toMatchObject({ costMaxFen: 1_000_000, needsSecondPerson: false });
});

test('the limit is a setting: who changes it says which one was seen', async () => {
  const settings = await world.call(contract.getPromotionSettings, {}, viewer);
  expect(settings.secondPersonAboveFen).toBe(1_000_000);
  const body = { ...settings, secondPersonAboveFen: 100 };
  const saved = await world.call(contract.savePromotionSettings, { body }, other);
  expect(saved).toEqual({ secondPersonAboveFen: 100, version: settings.version + 1 });
  await expect(world.call(contract.savePromotionSettings, { body }, other)).rejects.toMatchObject({ code: 'promotion.stale' });
  expect((await submit(await create({ budgetFen: 101 }))).state).toBe('waiting');
  await world.call(contract.savePromotionSettings, { body: { ...saved, secondPersonAboveFen: 1_000_000 } }, other);
});

test('one sent back says why and can be mended and asked for again', async () => {
  const waiting = await submit(await create({ budgetFen: null }));
  const rejected = await reject(waiting);
  expect(rejected).toMatchObject({ state: 'draft', rejectedReason: '太贵' });
  const mended = await save(rejected, { budgetFen: 1000 });
  expect(mended.rejectedReason).toBeNull();
  expect((await submit(mended)).state).toBe('approved');
});

test('saving a form unchanged moves nothing, from whatever zone its instants are written in', async () => {
  const written = await create({ startsAt: '2026-11-22T00:00:00.001+08:00' });
  const { startsAt, endsAt } = written;
  expect([startsAt, endsAt]).toEqual(['2026-11-22T00:00:00.001+08:00', '2026-12-01T00:00:00.000+08:00']);
  const saved = await save(written, { startsAt, endsAt });
  expect([saved.startsAt, saved.endsAt]).toEqual([startsAt, endsAt]);
  const elsewhere = await save(saved, { startsAt: '2026-11-21T11:00:00.001-05:00', endsAt: '2026-11-30T16:00:00Z' });
  expect([elsewhere.startsAt, elsewhere.endsAt]).toEqual([startsAt, endsAt]);
});

test('paused it can be resumed as approved, or edited and approved anew; ended it stays ended', async () => {
  const running = await submit(await create());
  await expect(save(running)).rejects.toMatchObject({
    code: 'promotion.wrong_state',
    details: { state: 'approved', moves: ['pause', 'end'] },
  });
  expect((await pause(running)).status).toBe('paused');
  expect(await resume(running)).toMatchObject({ status: 'running', approvedBy: { id: writer.id } });
  const edited = await save(await pause(running), { budgetFen: 2_000_000 });
  expect(edited).toMatchObject({ state: 'draft', approvedBy: null });
  expect((await submit(edited)).state).toBe('waiting');
  const ended = await end(await submit(await create()));
  expect(ended).toMatchObject({ state: 'ended', endedAt: '2026-11-22T12:00:00.000+08:00' });
  await expect(resume(ended)).rejects.toMatchObject({ code: 'promotion.wrong_state' });
});

test('status follows the clock at the edges of the window', async () => {
  const soon = await submit(await create({ startsAt: '2026-11-22T12:00:00.001+08:00' }));
  expect(soon.status).toBe('scheduled');
  const over = await submit(await create({ endsAt: '2026-11-22T12:00:00.001+08:00' }));
  expect(over.status).toBe('running');
  world.clock.advance(1);
  expect([(await get(soon)).status, (await get(over)).status]).toEqual(['running', 'ended']);
  world.clock.set('2026-11-22T04:00:00Z');
});

test('two editors of one version: the second is told, and nothing of it is kept', async () => {
  const written = await create();
  await save(written, { name: '甲' });
  await expect(save(written, { name: '乙' })).rejects.toMatchObject({
    code: 'promotion.stale',
    details: { seen: 1, current: 2 },
  });
  expect((await get(written)).name).toBe('甲');
  await expect(submit(written)).rejects.toMatchObject({ code: 'promotion.stale' });
  await expect(approve(written)).rejects.toMatchObject({ code: 'promotion.stale' });
  await expect(reject(written)).rejects.toMatchObject({ code: 'promotion.stale' });
});

test('a duplicate is a draft of its own with the same rule, written by who asked', async () => {
  const first = await end(await submit(await create({ priority: 7 })));
  const copy = await world.call(contract.duplicatePromotion, { params: { id: first.id } }, both);
  expect(copy).toMatchObject({ state: 'draft', priority: 7, then: first.then, createdBy: { id: both.id }, balance: { uses: 0 } });
  expect(copy.number).not.toBe(first.number);
});

test('each contradiction in a rule is refused with the field, and nothing is written or announced', async () => {
  const coupon = await create({ stage: 'coupon', needsCode: true });
  const count = await events();
  const wrong: [Partial<Draft>, string][] = [
    [{ endsAt: draft.startsAt }, 'endsAt'],
    [{ stage: 'freight' }, 'stage'],
    [{ stage: 'coupon' }, 'needsCode'],
    [{ unitsMax: 5 }, 'unitsMax'],
    [{ unitsPerCustomer: 5 }, 'unitsPerCustomer'],
    [{ stage: 'line', then: { gives: 'fixed_price', of: {} } }, 'then.unitFen'],
    [{ then: { gives: 'cheapest_free', of: {}, buy: 2, free: 2 } }, 'then.free'],
    [
      {
        then: {
          gives: 'steps',
          of: {},
          by: 'amount',
          steps: [
            { from: 200, off: { fen: 1 } },
            { from: 100, off: { fen: 2 } },
          ],
        },
      },
      'then.steps',
    ],
    [{ then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 200, off: { fen: 201 } }] } }, 'then.steps'],
    [{ then: { gives: 'coupon', promotionId: missing.id } }, 'then.promotionId'],
    [{ when: { is: 'time', from: '10:00', to: '10:00' } }, 'when'],
    [{ when: { is: 'time' } }, 'when'],
    [{ when: { all: [{ all: [{ all: [{ all: [{ all: [{ all: [{ is: 'member' }] }] }] }] }] }] } }, 'when'],
  ];
  for (const [over, field] of wrong)
    await expect(create(over), field).rejects.toMatchObject({ code: 'promotion.invalid_rule', details: { field } });
  await expect(create({ groupId: missing.id })).rejects.toMatchObject({ code: 'promotion_group.not_found' });
  await expect(save(coupon, { stage: 'coupon' })).rejects.toMatchObject({ code: 'promotion.invalid_rule' });
  expect(await events()).toBe(count);
  expect((await create({ then: { gives: 'coupon', promotionId: coupon.id } })).then).toEqual({
    gives: 'coupon',
    promotionId: coupon.id,
  });
  const late = await create({ startsAt: '2026-11-01T00:00:00+08:00', endsAt: '2026-11-22T12:00:00+08:00' });
  await expect(submit(late)).rejects.toMatchObject({ code: 'promotion.invalid_rule', details: { field: 'endsAt' } });
});

test('what is not there looks the same to everybody', async () => {
  const gone = { code: 'promotion.not_found' };
  await expect(get(missing)).rejects.toMatchObject(gone);
  await expect(save(missing)).rejects.toMatchObject(gone);
  for (const move of [submit, approve, reject, pause, resume, end]) await expect(move(missing)).rejects.toMatchObject(gone);
  await expect(world.call(contract.duplicatePromotion, { params: missing }, writer)).rejects.toMatchObject(gone);
  await expect(world.call(contract.getPromotionResults, { params: missing }, viewer)).rejects.toMatchObject(gone);
});

test('each move that the state does not allow is refused with the moves that are left', async () => {
  const fresh = await create();
  for (const move of [approve, reject, pause, resume, end])
    await expect(move(fresh)).rejects.toMatchObject({
      code: 'promotion.wrong_state',
      details: { state: 'draft', moves: ['edit', 'submit'] },
    });
  const running = await submit(fresh);
  for (const move of [submit, approve, reject])
    await expect(move(running)).rejects.toMatchObject({ code: 'promotion.wrong_state' });
});

test('every change is announced once, with the state it left', async () => {
  const count = await events();
  await end(await submit(await create()));
  const { rows } = await world.db.pool.query<{ state: string }>(
    `select payload ->> 'state' as state from platform.event where name = 'promotions.promotion_changed' order by seq offset $1`,
    [count],
  );
  expect(rows.map((row) => row.state)).toEqual(['draft', 'approved', 'ended']);
});

test('the list finds by status, stage and words, a page at a time, and counts each status', async () => {
  await promotionsCleared();
  const running = await submit(await create({ name: '春茶节', startsAt: '2026-11-20T00:00:00+08:00' }));
  const scheduled = await submit(await create({ startsAt: '2026-11-25T00:00:00+08:00' }));
  const drafted = await create({ stage: 'freight', then: { gives: 'free_freight' }, startsAt: '2026-11-22T00:00:00+08:00' });
  const list = (query: object) => world.call(contract.listPromotions, { query }, viewer);
  const all = await list({});
  expect(all.items.map((one) => one.id)).toEqual([scheduled.id, drafted.id, running.id]);
  expect(all.counts).toEqual({ draft: 1, waiting: 0, scheduled: 1, running: 1, paused: 0, ended: 0 });
  const first = await list({ limit: 2 });
  expect((await list({ limit: 2, after: first.next! })).items.map((one) => one.id)).toEqual([running.id]);
  expect((await list({ status: 'running' })).items.map((one) => one.id)).toEqual([running.id]);
  expect((await list({ stage: 'freight' })).items.map((one) => one.id)).toEqual([drafted.id]);
  expect((await list({ text: '茶' })).items.map((one) => one.id)).toEqual([running.id]);
  expect((await list({ text: scheduled.number })).items.map((one) => one.id)).toEqual([scheduled.id]);
  await expect(list({ after: 'x_y' })).rejects.toMatchObject({ code: 'request.invalid' });
});

const promotionsCleared = () =>
  world
    .inTx((tx) =>
      promotions(tx)
        .updateTable('promotion')
        .set({ starts_at: new Date('2000-01-01'), ends_at: new Date('2000-01-02') })
        .execute(),
    )
    .then(() => world.db.pool.query('truncate promotions.balance, promotions.step'))
    .then(() => world.db.pool.query('delete from promotions.promotion'));

const group = { name: '满减', nameEn: 'Thresholds', stage: 'threshold' as const, mode: 'best' as const };
const createGroup = (over: object = {}) => world.call(contract.createPromotionGroup, { body: { ...group, ...over } }, writer);
type Group = Awaited<ReturnType<typeof createGroup>>;
const saveGroup = ({ id, version }: Pick<Group, 'id' | 'version'>, over: object = {}) =>
  world.call(contract.savePromotionGroup, { params: { id }, body: { ...group, ...over, version } }, writer);
const deleteGroup = ({ id }: Pick<Group, 'id'>) => world.call(contract.deletePromotionGroup, { params: { id } }, writer);

test('groups nest within their stage, never in a circle, and go when nothing stands in them', async () => {
  const outer = await createGroup();
  const inner = await createGroup({ parentId: outer.id, mode: 'sum', priority: 5 });
  expect(inner).toMatchObject({ parentId: outer.id, mode: 'sum', version: 1, members: 0 });
  await expect(createGroup({ parentId: missing.id })).rejects.toMatchObject({ code: 'promotion_group.not_found' });
  await expect(createGroup({ parentId: outer.id, stage: 'line' })).rejects.toMatchObject({ code: 'promotion_group.invalid' });
  await expect(saveGroup(outer, { parentId: inner.id })).rejects.toMatchObject({
    code: 'promotion_group.invalid',
    details: { field: 'parentId' },
  });
  await expect(saveGroup(outer, { parentId: outer.id })).rejects.toMatchObject({ code: 'promotion_group.invalid' });
  await expect(saveGroup(outer, { stage: 'line' })).rejects.toMatchObject({ details: { field: 'stage' } });
  await expect(deleteGroup(outer)).rejects.toMatchObject({ code: 'promotion_group.in_use' });

  const member = await create({ groupId: inner.id });
  expect(member).toMatchObject({ groupId: inner.id, groupName: '满减', groupNameEn: 'Thresholds' });
  await expect(create({ groupId: inner.id, stage: 'line', then: { gives: 'percent', of: {}, bp: 100 } })).rejects.toMatchObject({
    details: { field: 'groupId' },
  });
  await expect(deleteGroup(inner)).rejects.toMatchObject({ code: 'promotion_group.in_use' });
  const saved = await saveGroup(inner, { parentId: outer.id, mode: 'only' });
  expect(saved).toMatchObject({ mode: 'only', version: 2, members: 1 });
  await expect(saveGroup(inner)).rejects.toMatchObject({ code: 'promotion.stale' });
  await save(member, { groupId: null });
  await deleteGroup(inner);
  await deleteGroup(outer);
  await expect(deleteGroup(outer)).rejects.toMatchObject({ code: 'promotion_group.not_found' });
  await expect(saveGroup(outer)).rejects.toMatchObject({ code: 'promotion_group.not_found' });
  expect((await world.call(contract.listPromotionGroups, {}, viewer)).items).toEqual([]);
});

const decide = (endpoint: typeof contract.approveGroupChange, { id, version }: Pick<Group, 'id' | 'version'>, by = other) =>
  world.call(endpoint, { params: { id }, body: { version } }, by);

test('how promotions above the limit get along changes only when a second person lets it; names change at once', async () => {
  const outer = await createGroup({ name: '外层' });
  const inner = await createGroup({ parentId: outer.id, mode: 'best' });
  await approve(await submit(await create({ groupId: inner.id, budgetFen: 2_000_000 })));

  const asked = await saveGroup(outer, { name: '新名', mode: 'sum', priority: 7 }); // its promotion stands in a group inside
  expect(asked).toMatchObject({ name: '新名', mode: 'best', priority: 0, change: { mode: 'sum', priority: 7, by: writer.name } });
  expect(asked.change?.mayApprove).toBe(false);
  await expect(saveGroup(outer, { mode: 'only' })).rejects.toMatchObject({ code: 'promotion.stale' });

  const byBoth = await world.call(
    contract.savePromotionGroup,
    { params: { id: outer.id }, body: { ...group, mode: 'only', version: asked.version } },
    both,
  );
  await expect(decide(contract.approveGroupChange, byBoth, both)).rejects.toMatchObject({
    code: 'promotion.needs_second_person',
  });
  await expect(decide(contract.approveGroupChange, asked)).rejects.toMatchObject({ code: 'promotion.stale' });
  const { items } = await world.call(contract.listPromotionGroups, {}, other);
  expect(items.find(({ id }) => id === outer.id)?.change).toMatchObject({ mode: 'only', mayApprove: true });
  const let_ = await decide(contract.approveGroupChange, byBoth);
  expect(let_).toMatchObject({ mode: 'only', change: null });
  await expect(decide(contract.approveGroupChange, let_)).rejects.toMatchObject({ code: 'promotion.wrong_state' });

  const again = await saveGroup(let_, { mode: 'sum' });
  const dropped = await decide(contract.rejectGroupChange, again);
  expect(dropped).toMatchObject({ mode: 'only', change: null });
  await expect(decide(contract.rejectGroupChange, dropped)).rejects.toMatchObject({ code: 'promotion.wrong_state' });
  const taken = await saveGroup(await saveGroup(dropped, { mode: 'sum' }), { mode: 'only' }); // saved as it is: nothing waits
  expect(taken).toMatchObject({ mode: 'only', change: null });
  await expect(decide(contract.approveGroupChange, missing)).rejects.toMatchObject({ code: 'promotion_group.not_found' });
});

test('a change that waited is refused when its place has become impossible', async () => {
  const [one, two] = [await createGroup(), await createGroup()];
  await approve(await submit(await create({ groupId: one.id, budgetFen: 2_000_000 })));
  const asked = await saveGroup(one, { parentId: two.id });
  await saveGroup(two, { parentId: one.id }); // cheap, so at once
  await expect(decide(contract.approveGroupChange, asked)).rejects.toMatchObject({
    code: 'promotion_group.invalid',
    details: { field: 'parentId' },
  });
});
