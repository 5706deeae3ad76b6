import { expect, test } from 'vitest';
import { causeLink } from './cause-link.ts';

const id = '0197f0a0-0000-7000-8000-000000000001';

test('a cause leads to its document, and to nothing where there is no page', () => {
  expect(causeLink(`order:${id}`)).toBe(`/sell/orders/${id}`);
  expect(causeLink(`decision:${id}`)).toBe(`/steer/decisions/${id}`);
  expect(causeLink('manual')).toBeUndefined();
  expect(causeLink(`unknown:${id}`)).toBeUndefined();
  expect(causeLink('order:../../evil')).toBeUndefined();
});
