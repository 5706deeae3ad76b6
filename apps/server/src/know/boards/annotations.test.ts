import { boards as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aDraft, aPromotion } from '../../sell/promotions/testing.ts';
import { createPromotion } from '../../sell/promotions/index.ts';

const world = useWorld();
const editor = aStaff('marketer');
const reader = aStaff('clerk');
const title = { zh: '服务器故障', en: 'Servers down' };
const form = { kind: 'outage' as const, from: '2026-11-10', to: '2026-11-11', title };
const add = (over: object = {}, who = editor) => world.call(contract.addAnnotation, { body: { ...form, ...over } }, who);
const list = async (from: string, to: string) =>
  (await world.call(contract.listAnnotations, { query: { from, to } }, reader)).items;
const byHand = async (from: string, to: string) => (await list(from, to)).filter(({ source }) => source === 'hand');

test('what one writes everybody reads over every day it touches, and nobody without the right writes', async () => {
  await expect(add({}, reader)).rejects.toMatchObject({ code: 'auth.forbidden', details: { permission: 'boards.share' } });
  const { id, ...kept } = await add();
  expect(kept).toEqual({ ...form, source: 'hand', byName: editor.name, version: 1 });
  for (const [from, to] of [
    ['2026-11-11', '2026-11-30'],
    ['2026-11-01', '2026-11-10'],
    ['2026-11-10', '2026-11-11'],
  ] as const)
    expect((await byHand(from, to)).map((one) => one.id)).toEqual([id]);
  expect(await byHand('2026-11-12', '2026-11-30')).toEqual([]);
  await world.call(contract.removeAnnotation, { params: { id } }, editor);
  expect(await byHand('2026-11-01', '2026-11-30')).toEqual([]);
});

test('two people who correct the same annotation never overwrite each other unseen', async () => {
  const { id } = await add();
  const change = (zh: string) =>
    world.call(contract.changeAnnotation, { params: { id }, body: { ...form, title: { zh, en: zh }, version: 1 } }, editor);
  const answers = await Promise.allSettled([change('一'), change('二')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(answers.find((one) => one.status === 'rejected')?.reason).toMatchObject({
    code: 'annotation.changed',
    details: { version: 2 },
  });
  await world.call(contract.removeAnnotation, { params: { id } }, editor);
});

test('an annotation ends after it began and lasts a year at most', async () => {
  await expect(add({ to: '2026-11-09' })).rejects.toMatchObject({ code: 'request.invalid' });
  await expect(add({ to: '2028-01-01' })).rejects.toMatchObject({ code: 'annotation.period_invalid', details: { daysMax: 366 } });
  await expect(list('2000-01-01', '2026-01-01')).rejects.toMatchObject({ code: 'annotation.period_invalid' });
});

test('the house marks feasts of both calendars on their days', async () => {
  const feasts = (await list('2026-02-01', '2026-02-28')).filter(({ source }) => source === 'calendar');
  expect(feasts).toContainEqual({
    id: 'holiday:spring_festival:2026-02-17',
    kind: 'holiday',
    from: '2026-02-17',
    to: '2026-02-17',
    title: { zh: '春节', en: 'Spring Festival' },
    source: 'calendar',
    byName: null,
    version: 1,
  });
  const found = (await list('2025-12-01', '2027-02-28')).filter(({ id }) => id.startsWith('holiday:spring_festival'));
  expect(found.map(({ from }) => from)).toEqual(['2026-02-17', '2027-02-06']);
});

test('the house marks promotions that were let to start and have an end, on the business days on which they held', async () => {
  const window = { startsAt: '2026-12-09T20:00:00+08:00', endsAt: '2026-12-12T00:00:00+08:00' };
  const id = await world.run((ctx) => aPromotion(ctx, { ...window, name: '双十二', nameEn: 'Double 12' }));
  await world.run((ctx) => aPromotion(ctx, { startsAt: window.startsAt }));
  await world.run((ctx) => createPromotion(ctx, aDraft(ctx, window)));
  const campaigns = async (from: string, to: string) =>
    (await list(from, to))
      .filter(({ source }) => source === 'promotions')
      .map(({ id: one, from: first, to: last, title: { en } }) => [one, first, last, en]);
  expect(await campaigns('2026-12-01', '2026-12-31')).toEqual([[`promotion:${id}`, '2026-12-09', '2026-12-11', 'Double 12']]);
  expect(await campaigns('2026-12-12', '2026-12-31')).toEqual([]);
});
