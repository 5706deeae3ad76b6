import { expect, test } from 'vitest';
import { matchPlace, placeOf, wings } from './wings.ts';

const places = wings.flatMap((wing) => wing.places);

test('an address belongs to the page it is or is below of, and to no other', () => {
  expect(placeOf('/sell/orders/123')?.place.to).toBe('/sell/orders');
  expect(placeOf('/sell/orders')?.wing.id).toBe('sell');
  expect(placeOf('/sell/ordersX')).toBeUndefined();
  expect(placeOf('/')).toBeUndefined();
});

test('a page is found by its name, its pinyin initials and its English address', () => {
  const orders = places.find(({ to }) => to === '/sell/orders');
  if (orders === undefined) throw new Error('orders are on the rail');
  expect(matchPlace(orders, '订单', '订')).toBe(0);
  expect(matchPlace(orders, '订单', 'dd')).toBe(0);
  expect(matchPlace(orders, '订单', 'orde')).toBe(1);
  expect(matchPlace(orders, '订单', 'kc')).toBeUndefined();
});

test('no two pages share an address', () => {
  expect(new Set(places.map(({ to }) => to)).size).toBe(places.length);
});
