import { explore as contract } from '@tongshang/contract';
import { beforeAll, expect, inject, test } from 'vitest';
import { listEvents, listValues } from './choices.ts';
import { readPaths } from './paths.ts';
import type { Reading } from './reading.ts';
import { readRetention } from './retention.ts';
import { anAnalytics, type Deed, joinVisitors, tellDeeds } from './testing.ts';

let reading: Reading;
beforeAll(async () => {
  reading = await anAnalytics(inject('clickhouseUrl'), '2026-11-22T04:00:00Z');
});

/** A visit: its deeds a minute apart; `/…` is a page. */
const visit = (visitor: string, at: string, ...names: string[]): Deed[] =>
  names.map((name, index) => ({
    at: Date.parse(`${at.replace(' ', 'T')}+08:00`) + index * 60_000,
    visitor,
    event: name,
    type: name.startsWith('/') ? 'page' : 'track',
  }));

test('retention of behaviour: business days, visitors joined to their customer, the running day open, days to come null', async () => {
  await tellDeeds(reading, [
    { at: '2026-11-18 23:59:59.999', visitor: 'r1', event: 'Product Viewed' },
    { at: '2026-11-19 00:00:00', visitor: 'r1', event: 'Product Viewed' },
    { at: '2026-11-21 09:00:00', visitor: 'r1b', event: 'Product Viewed' }, // the same customer on another device
    { at: '2026-11-19 10:00:00', visitor: 'r2', event: 'Product Added' },
    { at: '2026-11-22 10:00:00', visitor: 'r2', event: 'Order Completed', kind: 'house' },
    { at: '2026-11-18 10:00:00', visitor: 'robot', event: 'Product Viewed', kind: 'bot' },
  ]);
  await joinVisitors(reading, { r1: 'c1', r1b: 'c1' });
  const question = contract.RetentionQuestion.parse({
    of: 'behaviour',
    from: '2026-11-18',
    to: '2026-11-20',
    unit: 'day',
    units: 4,
  });
  const cellsOf = async (over: object, scope = {}) =>
    (await readRetention(reading, { ...question, ...over } as contract.RetentionQuestion, scope)).rows.map(({ size, cells }) => [
      size,
      ...cells.map((cell) => (cell === null ? null : cell.isComplete ? cell.persons : `${cell.persons}…`)),
    ]);
  expect(await cellsOf({})).toEqual([
    [1, 1, 1, 0, 1, '0…'],
    [1, 1, 0, 0, '0…', null], // from the sums of visits: what the house tells is no visit
    [0, 0, 0, '0…', null, null],
  ]);
  const track = (event: string) => ({ type: 'track', event, where: [] });
  expect(await cellsOf({ start: track('Product Added'), back: track('Order Completed') })).toEqual([
    [0, 0, 0, 0, 0, '0…'],
    [1, 1, 0, 0, '1…', null],
    [0, 0, 0, '0…', null, null],
  ]);
  await expect(cellsOf({}, { store: 'S01' })).rejects.toMatchObject({ code: 'metric.out_of_scope' });
});

test('paths: visits cut at half an hour, from the first anchor on, repeats as one; branches add up to where they start', async () => {
  await tellDeeds(reading, [
    ...visit('p1', '2026-11-10 10:00', '/', 'Cart Viewed', 'Cart Viewed', 'Checkout Started', 'Order Completed'),
    ...visit('p2', '2026-11-10 10:00', 'Cart Viewed', 'Checkout Started'),
    ...visit('p3', '2026-11-10 10:00', 'Cart Viewed', '/', 'Cart Viewed', '/'),
    ...visit('p4', '2026-11-10 10:00', '/', 'Cart Viewed'),
    ...visit('p4', '2026-11-10 10:31', 'Cart Viewed', '/help'), // half an hour later: another visit
    ...visit('p5', '2026-11-10 10:00', '/', '/help'), // never at the cart
  ]);
  const ask = async (over: object) => {
    const question = { from: '2026-11-10', to: '2026-11-10', anchor: { event: 'Cart Viewed' }, ...over };
    const answer = await readPaths(reading, contract.PathQuestion.parse(question), {});
    const nameOf = (one: number | null): string => {
      const node = answer.nodes[one ?? -1];
      return node === undefined
        ? ''
        : [nameOf(node.parent), node.kind === 'event' ? node.event : node.kind].filter(Boolean).join(' > ');
    };
    return { visits: answer.visits, tree: answer.nodes.map(({ id, visits }) => `${nameOf(id)}: ${visits}`) };
  };
  expect(await ask({ steps: 2, branches: 2 })).toEqual({
    visits: 5,
    tree: [
      'Cart Viewed: 5',
      'Cart Viewed > Checkout Started: 2',
      'Cart Viewed > /: 1',
      'Cart Viewed > others: 1',
      'Cart Viewed > end: 1',
      'Cart Viewed > Checkout Started > Order Completed: 1',
      'Cart Viewed > Checkout Started > end: 1',
      'Cart Viewed > / > Cart Viewed: 1',
    ],
  });
  expect((await ask({ direction: 'to', steps: 1 })).tree).toEqual([
    'Cart Viewed: 5',
    'Cart Viewed > /: 2',
    'Cart Viewed > end: 3',
  ]);
  expect((await ask({ types: ['track'], steps: 1 })).tree).toEqual([
    'Cart Viewed: 5',
    'Cart Viewed > Checkout Started: 2',
    'Cart Viewed > end: 3',
  ]);
  await expect(readPaths(reading, contract.PathQuestion.parse({ period: 'yesterday', anchor: { event: 'x' } }), { store: 'S01' })).rejects
    .toMatchObject({ code: 'metric.out_of_scope' }); // prettier-ignore
});

test('events and properties that can be chosen are those seen lately, with their values', async () => {
  const properties = { coupon: 'A1', products: [{ sku: 'TEE', price: 5 }] };
  await tellDeeds(reading, [
    { at: '2026-11-20 10:00:00', visitor: 'x', event: 'Coupon Entered', properties },
    { at: '2026-11-20 10:00:00', visitor: 'y', event: 'Coupon Entered', properties: { coupon: 'A1' } },
    { at: '2026-11-20 10:00:00', visitor: 'z', event: 'Coupon Entered', properties: { coupon: 'B2' } },
    { at: '2026-09-01 10:00:00', visitor: 'x', event: 'Forgotten' },
  ]);
  const events = await listEvents(reading, {});
  expect(events.find(({ event }) => event === 'Coupon Entered')).toEqual({
    type: 'track', event: 'Coupon Entered', times: 3, lastDay: '2026-11-20',
    properties: ['coupon', 'products', 'products[].price', 'products[].sku'],
  }); // prettier-ignore
  expect(events.some(({ event }) => event === 'Forgotten')).toBe(false);
  const values = (property: string) => listValues(reading, { type: 'track', event: 'Coupon Entered', property }, {});
  expect(await values('coupon')).toEqual([{ value: 'A1', times: 2 }, { value: 'B2', times: 1 }]); // prettier-ignore
  expect(await values('products[].sku')).toEqual([{ value: 'TEE', times: 1 }]);
  await expect(listEvents(reading, { store: 'S01' })).rejects.toMatchObject({ code: 'metric.out_of_scope' });
});
