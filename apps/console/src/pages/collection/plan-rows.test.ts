import type { collection } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { draftOf, faultsOf, newRow, propertiesOf } from './plan-rows.ts';

const properties: collection.PlannedProperty[] = [
  { name: 'order_id', type: 'text', isRequired: true },
  {
    name: 'products',
    type: 'list',
    isRequired: true,
    items: [
      { name: 'sku', type: 'text', isRequired: true },
      { name: 'price', type: 'number', isRequired: false },
    ],
  },
  { name: 'tags', type: 'list', isRequired: false },
  { name: 'empty', type: 'list', isRequired: false, items: [] },
];

test('what is not touched is saved as it was, entries of lists too', () => {
  expect(propertiesOf(draftOf(properties))).toEqual(properties);
});

test('every row has a key of its own, a new one too', () => {
  const rows = draftOf(properties);
  const keys = rows.flatMap(({ key, items = [] }) => [key, ...items.map((item) => item.key)]);
  expect(new Set([...keys, newRow(rows).key]).size).toBe(keys.length + 1);
  expect(newRow([]).key).toBe(0);
});

test('what entries carry goes with the list, and is back while nobody has saved', () => {
  const [, products] = draftOf(properties);
  if (products === undefined) throw new Error('the plan has products');
  expect(propertiesOf([{ ...products, type: 'any' }])).toEqual([{ name: 'products', type: 'any', isRequired: true }]);
  expect(propertiesOf([products])[0]?.items).toHaveLength(2);
});

test('rows without a name and names that stand twice are told with their place', () => {
  const [id, products, tags] = draftOf(properties);
  if (!id || !products?.items?.[0] || !tags) throw new Error('the plan has these');
  const item = products.items[0];
  const rows = [
    id,
    { ...products, items: [item, { ...item, key: 90 }, { ...item, key: 91, name: ' ' }] },
    { ...tags, name: ' order_id ' },
  ];
  expect(faultsOf(rows)).toEqual([
    { fault: 'repeated', at: 3, name: 'order_id', list: '', key: tags.key },
    { fault: 'repeated', at: 2, name: 'products[].sku', list: 'products', key: 90 },
    { fault: 'itemName', at: 3, name: 'products[].', list: 'products', key: 91 },
  ]);
  expect(faultsOf(draftOf(properties))).toEqual([]);
});
