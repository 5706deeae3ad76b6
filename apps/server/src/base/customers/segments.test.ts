import { customers as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { addToSegment } from './segments.ts';
import { segmentsOf } from './segments-of.ts';
import { aCustomer } from './testing.ts';
import { upsertCustomers } from './upsert-customers.ts';

const world = useWorld();
const marketer = aStaff('marketer');
const create = (code: string) => world.call(contract.createSegment, { body: { code, name: code, nameEn: code } }, marketer);
const change = (what: 'add' | 'remove', code: string, lines: readonly string[]) => {
  const endpoint = what === 'add' ? contract.addSegmentMembers : contract.removeSegmentMembers;
  return world.call(endpoint, { params: { code }, body: { text: lines.join('\r\n') } }, marketer);
};
const membersOf = (code: string, query: object = {}) =>
  world.call(contract.listSegmentMembers, { params: { code }, query }, marketer);

test('customers are listed by number, whole phone or outside number; who is in already stays, and lines that name nobody are told', async () => {
  await create('vip');
  const [a, b, c] = await world.run(async (ctx) => [
    await aCustomer(ctx, 'ERP-1'),
    await aCustomer(ctx, 'ERP-2', { phone: '13811110000' }),
    await aCustomer(ctx, 'ERP-3'),
  ]);
  const { number } = await world.call(contract.getCustomer, { params: { id: a! } }, marketer);
  const lines = [number.toLowerCase(), '', '138-1111-0000', ' ERP-3 ', 'ERP-4', '1381111', '%'];
  expect(await change('add', 'vip', lines)).toEqual({
    changed: 3,
    unchanged: 0,
    unknown: [{ line: 5, text: 'ERP-4' }, { line: 6, text: '1381111' }, { line: 7, text: '%' }],
    unknownCount: 3,
  }); // prettier-ignore
  expect(await change('add', 'vip', ['ERP-1', 'ERP-1', 'ERP-2'])).toMatchObject({ changed: 0, unchanged: 2, unknownCount: 0 });
  expect(await world.inTx((tx) => segmentsOf(tx, [a!, b!, c!]))).toEqual(new Map([a!, b!, c!].map((id) => [id, ['vip']])));
  expect((await membersOf('vip')).items.find((one) => one.id === b)).toMatchObject({ phone: '138****0000' });

  expect(await change('remove', 'vip', ['ERP-1', '13811110000', 'ERP-9'])).toMatchObject({
    changed: 2,
    unchanged: 0,
    unknownCount: 1,
  });
  expect((await membersOf('vip')).items.map((one) => one.id)).toEqual([c]);
});

test('ten thousand lines go in with one upload, and pages of members follow without a gap or a repeat', async () => {
  await create('many');
  await world.run((ctx) =>
    upsertCustomers(ctx, Array.from({ length: 10_000 }, (_, n) => ({ source: 'store' as const, externalId: `many-${n}` }))),
  ); // prettier-ignore
  const lines = Array.from({ length: 10_200 }, (_, n) => `many-${n}`);
  const reply = await change('add', 'many', lines);
  expect(reply).toMatchObject({ changed: 10_000, unchanged: 0, unknownCount: 200 });
  expect(reply.unknown).toHaveLength(100);
  const seen = new Set<string>();
  let after: string | undefined;
  for (let pages = 0; pages < 4; pages += 1) {
    const page = await membersOf('many', { limit: 200, ...(after !== undefined && { after }) });
    for (const one of page.items) seen.add(one.id);
    after = page.next ?? undefined;
  }
  expect(seen.size).toBe(800);
  const { items } = await world.call(contract.listSegments, {}, marketer);
  expect(items.find((one) => one.code === 'many')).toMatchObject({ members: 10_000 });
});

test('the same customers added twenty times at once, in whatever order, become members once', async () => {
  await create('rush');
  const made = await world.run((ctx) =>
    upsertCustomers(ctx, Array.from({ length: 300 }, (_, n) => ({ source: 'store' as const, externalId: `rush-${n}` }))),
  ); // prettier-ignore
  const ids = made.map((one) => one.customerId);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      world.run((ctx) => addToSegment(ctx, { code: 'rush', customerIds: n % 2 ? ids : ids.toReversed() })),
    ),
  );
  expect(answers.reduce((sum, added) => sum + added, 0)).toBe(300);
});

test('a code names one segment; a segment that does not exist is refused everywhere', async () => {
  await create('twice');
  await expect(create('twice')).rejects.toMatchObject({ code: 'segment.exists', details: { segment: 'twice' } });
  const refused = { code: 'segment.not_found', details: { segment: 'none' } };
  await expect(change('add', 'none', ['x'])).rejects.toMatchObject(refused);
  await expect(change('remove', 'none', ['x'])).rejects.toMatchObject(refused);
  await expect(membersOf('none')).rejects.toMatchObject(refused);
});
