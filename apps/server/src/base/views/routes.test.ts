import { views as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import type { StaffActor } from '../../platform/ctx.ts';

const world = useWorld();
let people = 0;
const someone = (role: 'clerk' | 'operations'): StaffActor =>
  aStaff(role, { id: `person-${++people}`, name: `Person ${people}` });

const form = { page: '/orders', name: 'Held', query: 'attention=any&state=paid', layout: null, isShared: false };
const layout = { columns: [{ key: 'total', isHidden: false }, { key: 'units', isHidden: true }], density: 'compact' as const }; // prettier-ignore
const save = (who: StaffActor, over: Partial<typeof form> = {}) =>
  world.call(contract.saveView, { body: { ...form, ...over } }, who);
const seenBy = (who: StaffActor) => world.call(contract.listViews, {}, who);
const namesOf = async (who: StaffActor) => (await seenBy(who)).views.map(({ name }) => name);
const change = (who: StaffActor, id: string, over: object = {}) =>
  world.call(contract.changeView, { params: { id }, body: { ...form, version: 1, ...over } }, who);

test('a private view exists for its owner alone: others neither see, change, delete nor open with it', async () => {
  const [owner, other] = [someone('operations'), someone('operations')];
  const view = await save(owner, { name: 'Mine' });
  expect(view).toEqual({ ...form, name: 'Mine', id: view.id, isMine: true, ownerName: owner.name, version: 1 });
  expect(await namesOf(other)).not.toContain('Mine');
  const missing = { code: 'view.not_found' };
  await expect(change(other, view.id)).rejects.toMatchObject(missing);
  await expect(world.call(contract.removeView, { params: { id: view.id } }, other)).rejects.toMatchObject(missing);
  const asDefault = { body: { page: '/orders', viewId: view.id } };
  await expect(world.call(contract.chooseDefaultView, asDefault, other)).rejects.toMatchObject(missing);
  const columns = { body: { ...asDefault.body, layout } };
  await expect(world.call(contract.putLayout, columns, other)).rejects.toMatchObject(missing);
  expect(await namesOf(owner)).toEqual(['Mine']);
});

test('sharing takes the right to share; a shared view is seen by all and changed only by those who may share', async () => {
  const [clerk, owner, colleague] = [someone('clerk'), someone('operations'), someone('operations')];
  const forbidden = { code: 'auth.forbidden', details: { permission: 'views.share' } };
  await expect(save(clerk, { isShared: true })).rejects.toMatchObject(forbidden);
  const own = await save(clerk, { name: 'Private' });
  await expect(change(clerk, own.id, { isShared: true })).rejects.toMatchObject(forbidden);

  const shared = await save(owner, { name: 'Team', isShared: true });
  expect((await seenBy(clerk)).views.find(({ name }) => name === 'Team')).toMatchObject({ isMine: false, ownerName: owner.name });
  await expect(change(clerk, shared.id)).rejects.toMatchObject(forbidden);
  await expect(world.call(contract.removeView, { params: { id: shared.id } }, clerk)).rejects.toMatchObject(forbidden);
  expect(await change(colleague, shared.id, { name: 'Our team', isShared: true })).toMatchObject({
    name: 'Our team',
    version: 2,
  });
  await world.call(contract.removeView, { params: { id: shared.id } }, colleague);
  expect(await namesOf(owner)).toEqual([]);
});

test('two people who edit the same shared view never overwrite each other unseen', async () => {
  const [one, two] = [someone('operations'), someone('operations')];
  const { id } = await save(one, { name: 'Race', isShared: true });
  const answers = await Promise.allSettled([
    change(one, id, { name: 'Race', query: 'state=paid', isShared: true }),
    change(two, id, { name: 'Race', query: 'state=placed', isShared: true }),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(answers.find((answer) => answer.status === 'rejected')?.reason).toMatchObject({
    code: 'view.changed',
    details: { version: 2 },
  });
  await world.call(contract.removeView, { params: { id } }, one);
});

test('a name stands once in a list of one person, whatever its capitals, and fifty views are enough', async () => {
  const who = someone('clerk');
  const { id } = await save(who, { name: 'Held' });
  await expect(save(who, { name: 'HELD' })).rejects.toMatchObject({ code: 'view.exists', details: { name: 'HELD' } });
  expect(await save(who, { name: 'Held', page: '/returns' })).toMatchObject({ page: '/returns' });
  await save(who, { name: 'Other' });
  await expect(change(who, id, { name: 'other' })).rejects.toMatchObject({ code: 'view.exists' });
  for (let n = 0; n < 48; n += 1) await save(who, { name: `View ${n}` });
  await expect(save(who, { name: 'One too many' })).rejects.toMatchObject({ code: 'view.too_many', details: { max: 50 } });
  expect((await namesOf(who)).filter((name) => name === 'Held')).toHaveLength(2);
});

test('a layout belongs to one person, with a view or without, and resetting it leaves nothing behind', async () => {
  const [who, other] = [someone('operations'), someone('operations')];
  const { id } = await save(who, { name: 'Laid out', isShared: true });
  const put = (viewId: string | null, one: typeof layout | null) =>
    world.call(contract.putLayout, { body: { page: '/orders', viewId, layout: one } }, who);
  await put(null, layout);
  await put(null, { ...layout, density: 'compact' });
  await put(id, layout);
  const kept = { page: '/orders', ...layout };
  expect((await seenBy(who)).layouts).toEqual([
    { ...kept, viewId: null },
    { ...kept, viewId: id },
  ]);
  expect((await seenBy(other)).layouts).toEqual([]);
  await put(null, null);
  expect((await seenBy(who)).layouts).toEqual([{ ...kept, viewId: id }]);
  await world.call(contract.removeView, { params: { id } }, who);
  expect((await seenBy(who)).layouts).toEqual([]);
});

test('a list opens with the view that was chosen, until another is chosen, it is deleted, or it is no longer shared', async () => {
  const [who, owner] = [someone('clerk'), someone('operations')];
  const mine = await save(who, { name: 'Mine' });
  const shared = await save(owner, { name: 'Shared', isShared: true });
  const choose = (viewId: string | null) => world.call(contract.chooseDefaultView, { body: { page: '/orders', viewId } }, who);
  const opens = async () => (await seenBy(who)).defaults;
  await choose(mine.id);
  await choose(shared.id);
  expect(await opens()).toEqual([{ page: '/orders', viewId: shared.id }]);
  await change(owner, shared.id, { name: 'Shared', isShared: false });
  expect(await opens()).toEqual([]);
  await choose(mine.id);
  await choose(null);
  expect(await opens()).toEqual([]);
  await choose(mine.id);
  await world.call(contract.removeView, { params: { id: mine.id } }, who);
  expect(await opens()).toEqual([]);
});

test('a column is named once in a layout, and a page is the path of a list', async () => {
  const who = someone('clerk');
  const twice = { columns: [layout.columns[0]!, layout.columns[0]!], density: null };
  const invalid = { code: 'request.invalid' };
  const put = (body: { page: string; layout: typeof twice }) =>
    world.call(contract.putLayout, { body: { ...body, viewId: null } }, who);
  await expect(put({ page: '/orders', layout: twice })).rejects.toMatchObject(invalid);
  await expect(put({ page: 'orders?x=1', layout: { ...twice, columns: [] } })).rejects.toMatchObject(invalid);
});
