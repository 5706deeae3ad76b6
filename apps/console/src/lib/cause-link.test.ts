import { expect, test } from 'vitest';
import { causeLink, causeWords } from './cause-link.ts';

const id = '0197f0a0-0000-7000-8000-000000000001';

test('a cause leads to its document, and to nothing where there is no page', () => {
  expect(causeLink(`order:${id}`)).toBe(`/sell/orders/${id}`);
  expect(causeLink(`decision:${id}`)).toBe(`/steer/decisions/${id}`);
  expect(causeLink(`recall:${id}`)).toBe(`/supply/recalls/${id}`);
  expect(causeLink('transfer:TR-000012')).toBe('/supply/transfers?search=TR-000012');
  expect(causeLink('manual')).toBeUndefined();
  expect(causeLink(`unknown:${id}`)).toBeUndefined();
  expect(causeLink('order:../../evil')).toBeUndefined();
});

test('a document is called by its number with the reason beside; one known by its key only by the reason', () => {
  expect(causeWords('transfer:TR-000012', 'box torn')).toEqual({ name: 'TR-000012', note: 'box torn' });
  expect(causeWords('transfer:TR-000012', null)).toEqual({ name: 'TR-000012' });
  expect(causeWords(`order:${id}`, 'S-100045')).toEqual({ name: 'S-100045' });
  expect(causeWords(`order:${id}`, null)).toEqual({ name: 'order' });
  expect(causeWords('manual', null)).toEqual({ name: 'manual' });
});
