import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Book, book, decideSpends } from './points.ts';
import { endedYear, lastDayOf, type LedgerRow, pointsByYear } from './expiry.ts';

const row = (kind: LedgerRow['kind'], points: number, at: string, orderId: string | null = null): LedgerRow => ({
  kind, points, at: new Date(at), orderId, cause: 'x',
}); // prettier-ignore

test('points end with the year after the one they were earned in, at midnight in the business zone', () => {
  expect(lastDayOf(2025)).toBe('2026-12-31');
  expect(endedYear(new Date('2026-12-31T15:59:59Z'))).toBe(2024);
  expect(endedYear(new Date('2026-12-31T16:00:00Z'))).toBe(2025);
  const late = pointsByYear([row('earned', 5, '2025-12-31T15:59:59Z'), row('earned', 7, '2025-12-31T16:00:00Z')]);
  expect([...late]).toEqual([[2025, 5], [2026, 7]]); // prettier-ignore
});

test('the first to end are the first spent; what returned goods had earned goes from the newest', () => {
  const earned = [row('earned', 100, '2024-05-01T00:00:00Z'), row('earned', 50, '2025-05-01T00:00:00Z')];
  expect([...pointsByYear([...earned, row('spent', -120, '2025-06-01T00:00:00Z', 'o')])]).toEqual([[2025, 30]]);
  expect([...pointsByYear([...earned, row('earned', -40, '2025-06-01T00:00:00Z')])]).toEqual([[2024, 100], [2025, 10]]); // prettier-ignore
});

test('points given back return to their years, the longest lasting first; from ended years they come back as new', () => {
  const ledger = [
    row('earned', 100, '2024-05-01T00:00:00Z'),
    row('earned', 50, '2025-05-01T00:00:00Z'),
    row('spent', -120, '2025-12-01T00:00:00Z', 'o'),
  ];
  const back = (points: number, at: string) => [...pointsByYear([...ledger, row('returned', points, at, 'o')])];
  expect(back(20, '2025-12-02T00:00:00Z')).toEqual([[2025, 50]]);
  expect(back(120, '2025-12-02T00:00:00Z')).toEqual([[2024, 100], [2025, 50]]); // prettier-ignore
  expect(back(120, '2026-02-01T00:00:00Z')).toEqual([[2025, 50], [2026, 100]]); // prettier-ignore
});

test('whatever happens in whatever order, the years sum to the balance and none is negative', () => {
  const step = fc.record({
    what: fc.constantFrom('earn', 'spend', 'back', 'adjust'),
    points: fc.integer({ min: 1, max: 200 }),
    days: fc.integer({ min: 0, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ledger: LedgerRow[] = [];
      let [at, balance, order] = [Date.parse('2024-01-01T00:00:00Z'), 0, 0];
      for (const { what, points, days } of steps) {
        at += days * 86_400_000;
        const add = (kind: LedgerRow['kind'], change: number, orderId: string | null = null) => {
          ledger.push({ kind, points: change, orderId, cause: 'x', at: new Date(at) });
          balance += change;
        };
        if (what === 'earn') add('earned', points);
        if (what === 'adjust') add('adjusted', -Math.min(points, balance));
        if (what === 'spend' && balance >= points) add('spent', -points, `o${(order += 1)}`);
        if (what === 'back') {
          const of = ledger.findLast(({ kind }) => kind === 'spent');
          const owed = ledger
            .filter(({ orderId }) => of !== undefined && orderId === of.orderId)
            .reduce((sum, one) => sum - one.points, 0);
          if (of !== undefined && owed > 0) add('returned', Math.min(points, owed), of.orderId);
        }
      }
      const left = [...pointsByYear(ledger).values()];
      expect(left.every((points) => points > 0)).toBe(true);
      expect(left.reduce((sum, points) => sum + points, 0)).toBe(balance);
    }),
  );
});

test('an entry of what ended leaves the balance as it is booked', () => {
  const books: Book = { standings: new Map([['a', { customerId: 'a', tier: '', points: 10, earnedFen: 0 }]]), entries: [] };
  book(books, { customerId: 'a', kind: 'expired', points: -4, cause: 'year:2024' });
  expect(decideSpends(books, [{ customerId: 'a', orderId: 'o', points: 7 }])).toEqual(['short']);
  expect(books.entries[0]).toMatchObject({ kind: 'expired', balance: 6 });
});
