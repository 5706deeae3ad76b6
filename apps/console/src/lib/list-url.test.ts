import { inventory } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { filtersIn, readListUrl, withFilter, withPage } from './list-url.ts';

const read = (search: string) => readListUrl(inventory.listStock, new URLSearchParams(search));

test('an address is read with the contract; defaults stay out of the query', () => {
  expect(read('location=WH1&search=mug&limit=20')).toEqual({
    query: { location: 'WH1', search: 'mug', limit: '20' },
    dropped: [],
    pageNumber: 1,
  });
});

test('unknown and unreadable parameters are dropped and named, the rest still counts', () => {
  const state = read('only=blue&colour=red&search=mug&limit=99999&page=x');
  expect(state.query).toEqual({ search: 'mug' });
  expect(state.dropped.toSorted()).toEqual(['colour', 'limit', 'only']);
});

test('a page number counts only together with its cursor', () => {
  expect(read('page=3').pageNumber).toBe(1);
  expect(read('page=3&after=abc').pageNumber).toBe(3);
});

test('a changed filter starts the paging anew and an emptied one disappears', () => {
  const url = withPage(new URLSearchParams('search=mug&only=low'), 'abc', 2);
  expect(url.toString()).toBe('search=mug&only=low&after=abc&page=2');
  expect(withFilter(url, { only: undefined, location: 'WH1' }).toString()).toBe('search=mug&location=WH1');
  expect(withFilter(url, { search: '' }).toString()).toBe('only=low');
});

test('only real filters count as filters', () => {
  expect(filtersIn(new URLSearchParams('search=a&after=x&page=2&limit=20&tab=t&open=y&only=low'))).toEqual(['search', 'only']);
});
