import { boards as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import type { StaffActor } from '../../platform/ctx.ts';

const world = useWorld();
let people = 0;
const someone = (role: 'clerk' | 'analyst' = 'analyst'): StaffActor =>
  aStaff(role, { id: `person-${++people}`, name: `Person ${people}` });

const question: contract.TileQuestion = contract.TileQuestion.parse({
  kind: 'metrics',
  question: { metrics: ['net_sales'], period: 'last_28_days', by: ['day'] },
});
const tile = (over: Partial<contract.Tile> = {}) => ({
  id: 'a',
  title: null,
  savedId: null,
  question,
  chart: 'auto' as const,
  wide: { x: 0, y: 0, w: 6, h: 4 },
  isOnWall: true,
  ...over,
});
const name = { zh: '销售', en: 'Sales' };
const form = { name, isShared: false, bar: {}, tiles: [tile()] };
const make = (who: StaffActor, over: object = {}) => world.call(contract.createBoard, { body: { ...form, ...over } }, who);
const change = (who: StaffActor, id: string, over: object = {}) =>
  world.call(contract.changeBoard, { params: { id }, body: { ...form, version: 1, ...over } }, who);
const see = (who: StaffActor, id: string) => world.call(contract.getBoard, { params: { id } }, who);
const save = (who: StaffActor, over: object = {}) =>
  world.call(contract.saveQuestion, { body: { name, question, chart: 'line', isShared: false, ...over } }, who);
const idsOf = async (who: StaffActor) => (await world.call(contract.listBoards, {}, who)).items.map(({ id }) => id);

test('a private board exists for its owner alone: others neither see, list, copy, change nor delete it', async () => {
  const [owner, other] = [someone(), someone()];
  const board = await make(owner);
  expect(board).toMatchObject({ ...form, isMine: true, mayChange: true, version: 1, ownerName: owner.name });
  const missing = { code: 'board.not_found' };
  await expect(see(other, board.id)).rejects.toMatchObject(missing);
  await expect(change(other, board.id)).rejects.toMatchObject(missing);
  await expect(world.call(contract.removeBoard, { params: { id: board.id } }, other)).rejects.toMatchObject(missing);
  await expect(world.call(contract.copyBoard, { params: { id: board.id }, body: { name } }, other)).rejects.toMatchObject(
    missing,
  );
  expect(await idsOf(other)).not.toContain(board.id);
  expect(await idsOf(owner)).toContain(board.id);
});

test('sharing takes the right to share; a shared board is seen by all and changed only by those who may share', async () => {
  const [clerk, owner, colleague] = [someone('clerk'), someone(), someone()];
  const forbidden = { code: 'auth.forbidden', details: { permission: 'boards.share' } };
  await expect(make(clerk, { isShared: true })).rejects.toMatchObject(forbidden);
  const { id } = await make(owner, { isShared: true });
  expect(await see(clerk, id)).toMatchObject({ isMine: false, mayChange: false });
  await expect(change(clerk, id, { isShared: true })).rejects.toMatchObject(forbidden);
  expect(await change(colleague, id, { isShared: true, tiles: [] })).toMatchObject({ version: 2, changedByName: colleague.name });
  await world.call(contract.removeBoard, { params: { id } }, colleague);
  await expect(see(owner, id)).rejects.toMatchObject({ code: 'board.not_found' });
});

test('of two people who change the same board one is told who was faster, and nothing of the other is lost', async () => {
  const [one, two] = [someone(), someone()];
  const { id } = await make(one, { isShared: true });
  const answers = await Promise.allSettled([
    change(one, id, { isShared: true, tiles: [tile({ id: 'one' })] }),
    change(two, id, { isShared: true, tiles: [tile({ id: 'two' })] }),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const winner = answers[0]?.status === 'fulfilled' ? one : two;
  expect(answers.find((answer) => answer.status === 'rejected')?.reason).toMatchObject({
    code: 'board.changed',
    details: { version: 2, byName: winner.name },
  });
  expect((await see(one, id)).tiles.map((kept) => kept.id)).toEqual([winner === one ? 'one' : 'two']);
});

test('a cockpit ships for each role, cannot be changed or deleted, and its copy can', async () => {
  const who = someone();
  expect((await idsOf(who)).slice(0, 6)).toEqual([...contract.cockpits]);
  const house = { code: 'board.of_the_house' };
  await expect(change(who, 'executive')).rejects.toMatchObject(house);
  await expect(world.call(contract.removeBoard, { params: { id: 'finance' } }, who)).rejects.toMatchObject(house);
  const shipped = await see(who, 'executive');
  const copy = await world.call(contract.copyBoard, { params: { id: 'executive' }, body: { name } }, who);
  expect(copy).toMatchObject({ name, isHouse: false, isMine: true, isShared: false, role: null, tiles: shipped.tiles });
  expect(await change(who, copy.id, { tiles: [] })).toMatchObject({ version: 2, tiles: [] });
});

test('no tile of a cockpit overlaps another or stands outside the grid, and each has a place on the phone in reading order', async () => {
  for (const id of contract.cockpits) {
    const { tiles } = await see(someone(), id);
    const cells = tiles.flatMap(({ wide: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size, id).toBe(cells.length);
    for (const { wide } of tiles) expect(wide.x + wide.w, id).toBeLessThanOrEqual(12);
    const order = tiles.map(({ wide }) => wide.y * 12 + wide.x);
    expect(order, id).toEqual(order.toSorted((a, b) => a - b));
  }
});

test('a tile of a saved question follows it; where it was deleted the tile says so and keeps its place', async () => {
  const owner = someone();
  const saved = await save(owner);
  const own = tile({ savedId: saved.id, question: null });
  const { id } = await make(owner, { tiles: [own] });
  expect((await see(owner, id)).tiles).toEqual([{ ...own, question, savedName: name }]);
  const changed = { ...question, question: { ...question.question, period: 'last_7_days' as const } } as contract.TileQuestion;
  const body = { name: { zh: '新', en: 'New' }, question: changed, chart: 'line' as const, isShared: false };
  await world.call(contract.changeQuestion, { params: { id: saved.id }, body: { ...body, version: 1 } }, owner);
  expect((await see(owner, id)).tiles[0]).toMatchObject({ question: changed, savedName: body.name });
  await world.call(contract.removeQuestion, { params: { id: saved.id } }, owner);
  expect((await see(owner, id)).tiles).toEqual([{ ...own, question: null, savedName: null }]);
});

test('nobody puts a question on a board that they do not see; whoever sees a shared board sees what its owner put there', async () => {
  const [owner, other] = [someone(), someone()];
  const saved = await save(owner);
  const tiles = [tile({ savedId: saved.id, question: null })];
  await expect(make(other, { tiles })).rejects.toMatchObject({ code: 'question.not_found' });
  const { id } = await make(owner, { tiles, isShared: true });
  expect((await see(other, id)).tiles[0]).toMatchObject({ question, savedName: name });
  expect((await world.call(contract.listQuestions, {}, other)).items.map((one) => one.id)).not.toContain(saved.id);
  const copy = await world.call(contract.copyBoard, { params: { id }, body: { name } }, other);
  expect(copy.tiles[0]).toMatchObject({ savedId: null, question, title: name });
  expect(await change(other, id, { tiles, isShared: true })).toMatchObject({ version: 2 });
});

test('a saved question is private until shared, and two people never overwrite each other unseen', async () => {
  const [owner, other] = [someone(), someone()];
  const { id } = await save(owner);
  const body = { name, question, chart: 'bars' as const, isShared: true, version: 1 };
  const put = (who: StaffActor, over: object = {}) =>
    world.call(contract.changeQuestion, { params: { id }, body: { ...body, ...over } }, who);
  await expect(put(other)).rejects.toMatchObject({ code: 'question.not_found' });
  expect(await put(owner)).toMatchObject({ version: 2, isShared: true });
  await expect(put(other)).rejects.toMatchObject({ code: 'question.changed', details: { version: 2 } });
  expect(await put(other, { version: 2 })).toMatchObject({ version: 3, isMine: false, mayChange: true });
  expect((await world.call(contract.listQuestions, {}, someone('clerk'))).items.find((one) => one.id === id)).toMatchObject({
    mayChange: false,
    chart: 'bars',
  });
});

test('a tile holds its own question or names a saved one, never both and never neither; no two tiles share an id', async () => {
  const who = someone();
  const invalid = { code: 'request.invalid' };
  const saved = await save(who);
  await expect(make(who, { tiles: [tile({ question: null })] })).rejects.toMatchObject(invalid);
  await expect(make(who, { tiles: [tile({ savedId: saved.id })] })).rejects.toMatchObject(invalid);
  await expect(make(who, { tiles: [tile(), tile()] })).rejects.toMatchObject(invalid);
});

test('two questions put on a board at once both stand below what was there, and a full board takes no more', async () => {
  const [owner, other] = [someone(), someone()];
  const { id } = await make(owner, { isShared: true });
  const put = (who: StaffActor) =>
    world.call(contract.addTile, { params: { id }, body: { title: name, savedId: null, question, chart: 'auto' } }, who);
  await Promise.all([put(owner), put(other)]);
  const { tiles, version } = await see(owner, id);
  expect(tiles.map(({ wide }) => [wide.y, wide.h])).toEqual([[0, 4], [4, 4], [8, 4]]); // prettier-ignore
  expect(version).toBe(3);
  const full = Array.from({ length: contract.tilesMax }, (_, n) => tile({ id: `t${n}`, wide: { x: 0, y: n * 4, w: 6, h: 4 } }));
  await change(owner, id, { version, isShared: true, tiles: full });
  await expect(put(owner)).rejects.toMatchObject({ code: 'board.full', details: { max: contract.tilesMax } });
  await expect(put(someone('clerk'))).rejects.toMatchObject({ code: 'auth.forbidden' });
});
