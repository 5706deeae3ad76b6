import { expect, test } from 'vitest';
import { clearedUrl, isChanged, layColumns, openingOf, ownLayout, type SavedView, urlOfView, viewQuery } from './saved-views.ts';

const view: SavedView = {
  id: '1',
  page: '/orders',
  name: 'Held',
  query: 'attention=any&state=paid',
  layout: null,
  isShared: false,
  isMine: true,
  ownerName: 'x',
  version: 1,
};
const url = (text: string) => new URLSearchParams(text);
const columns = ['number', 'at', 'who', 'total'].map((key) => ({ key }));
const keys = (layout: Parameters<typeof layColumns>[1]) =>
  layColumns(columns, layout).map(({ column, isHidden }) => (isHidden ? `(${column.key})` : column.key));

test('a view keeps filters alone, and the same filters in another order are the same view', () => {
  expect(viewQuery(url('state=paid&view=1&after=x&page=2&attention=any&open=y&text='))).toBe('attention=any&state=paid');
  expect(viewQuery(url('state=b&state=a'))).toBe(viewQuery(url('state=a&state=b')));
  expect(isChanged(view, url('view=1&state=paid&attention=any'), undefined)).toBe(false);
  expect(isChanged(view, url('view=1&state=paid'), undefined)).toBe(true);
  expect(isChanged(view, url(urlOfView(view)), undefined)).toBe(false);
});

test('own columns make a view differ only when they are not what it keeps', () => {
  const layout = { columns: [{ key: 'at', isHidden: true }], density: null };
  expect(isChanged(view, url(urlOfView(view)), layout)).toBe(true);
  expect(isChanged({ ...view, layout }, url(urlOfView(view)), structuredClone(layout))).toBe(false);
});

test('clearing filters leaves the view that a list opens with, too', () => {
  const saved = { views: [view], layouts: [{ page: '/orders', viewId: '1', columns: [], density: null }], defaults: [{ page: '/orders', viewId: '1' }] }; // prettier-ignore
  expect(openingOf(saved, '/orders')).toBe(view);
  expect(openingOf(saved, '/returns')).toBeUndefined();
  expect(clearedUrl(saved, '/orders').toString()).toBe('view=all');
  expect(clearedUrl(saved, '/returns').toString()).toBe('');
  expect(ownLayout(saved, '/orders', '1')).toEqual({ columns: [], density: null });
  expect(ownLayout(saved, '/orders', null)).toBeUndefined();
});

test('columns stand as they were laid out; the first always shows, unknown ones are passed over, new ones stand at the end', () => {
  expect(keys(null)).toEqual(['number', 'at', 'who', 'total']);
  const laid = ['total', 'gone', 'number', 'at'].map((key) => ({ key, isHidden: key === 'at' || key === 'number' }));
  expect(keys({ columns: laid, density: null })).toEqual(['number', 'total', '(at)', 'who']);
  const extra = [{ key: 'a' }, { key: 'b', isExtra: true }];
  expect(layColumns(extra, null)[1]?.isHidden).toBe(true);
  expect(layColumns(extra, { columns: [{ key: 'b', isHidden: false }], density: null })[1]?.isHidden).toBe(false);
});
