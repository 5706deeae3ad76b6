import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Book, type Change, decideEarnings, decideReturns, decideSpends, fenOfPoints, nextTier, pointsForFen, returnCause, type Tier,
} from './points.ts'; // prettier-ignore

const booksOf = (points: Record<string, number>, tier = 'basic'): Book => ({
  standings: new Map(
    Object.entries(points).map(([customerId, held]) => [customerId, { customerId, tier, points: held, earnedFen: 0 }]),
  ),
  entries: [],
});
const tiers: Tier[] = [
  { code: 'basic', name: '普通', nameEn: 'Basic', fromFen: 0 },
  { code: 'silver', name: '银卡', nameEn: 'Silver', fromFen: 100_000 },
  { code: 'gold', name: '金卡', nameEn: 'Gold', fromFen: 500_000 },
];

test('100 points pay ¥1.00, a fraction of a fen pays nothing, and every full yuan of goods earns one point', () => {
  expect([fenOfPoints(100), fenOfPoints(1), fenOfPoints(0)]).toEqual([100, 1, 0]);
  expect([pointsForFen(99), pointsForFen(100), pointsForFen(19_999), pointsForFen(-19_999)]).toEqual([0, 1, 199, -199]);
});

test('spends are decided in the given order, each all or nothing, also several of one customer', () => {
  const books = booksOf({ a: 100, b: 10 });
  const spends = [
    { customerId: 'a', orderId: 'o1', points: 60 },
    { customerId: 'a', orderId: 'o2', points: 50 },
    { customerId: 'b', orderId: 'o3', points: 10 },
    { customerId: 'a', orderId: 'o4', points: 40 },
    { customerId: 'a', orderId: 'o5', points: 0 },
    { customerId: 'nobody', orderId: 'o6', points: 1 },
  ];
  expect(decideSpends(books, spends)).toEqual(['ok', 'short', 'ok', 'ok', 'ok', 'short']);
  expect(books.entries.map(({ orderId, points, balance }) => [orderId, points, balance])).toEqual([
    ['o1', -60, 40], ['o3', -10, 0], ['o4', -40, 0],
  ]); // prettier-ignore
});

test('no order of spends, returns and earnings makes a balance negative or unequal to its entries', () => {
  const customerId = fc.constantFrom('a', 'b');
  const orderId = fc.constantFrom('o1', 'o2', 'o3');
  const act = fc.oneof(
    fc.record({ is: fc.constant('spend' as const), customerId, orderId, points: fc.integer({ min: 0, max: 300 }) }),
    fc.record({ is: fc.constant('earn' as const), customerId, cause: fc.uuid(), points: fc.integer({ min: -300, max: 300 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const books = booksOf({ a: 0, b: 0 });
      for (const one of acts) {
        if (one.is === 'spend') decideSpends(books, [one]);
        else decideEarnings(books, { tiers, done: new Set() }, [{ ...one, goodsFen: one.points * 100 }]);
      }
      for (const [id, { points, earnedFen }] of books.standings) {
        const own = books.entries.filter((entry) => entry.customerId === id);
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBe(own.reduce((sum, entry) => sum + entry.points, 0));
        expect(earnedFen).toBe(own.reduce((sum, entry) => sum + entry.goodsFen, 0));
        expect(own.every((entry) => entry.balance >= 0)).toBe(true);
      }
    }),
  );
});

test('an order gets back what it spent and never more, in whatever parts, each cause once', () => {
  const part = fc.record({
    cause: fc.constantFrom('a', 'b', 'c', 'cancelled'),
    points: fc.option(fc.integer({ min: 0, max: 80 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.array(part, { maxLength: 12 }), (spent, parts) => {
      const books = booksOf({ a: 0 });
      const left = new Map([['o1', spent]]);
      const done = new Set<string>();
      let back = 0;
      for (const { cause, points } of parts) {
        const [now = 0] = decideReturns(books, { left, done }, [{ customerId: 'a', orderId: 'o1', cause, points }]);
        if (now > 0) {
          expect(done.has(returnCause('o1', cause))).toBe(false);
          done.add(returnCause('o1', cause));
        }
        back += now;
      }
      expect(back).toBeLessThanOrEqual(spent);
      expect(books.standings.get('a')?.points).toBe(back);
    }),
  );
});

test('a part is given back once in one batch too, and the rest goes back with the cancellation', () => {
  const books = booksOf({ a: 5 });
  const change: Omit<Change, 'kind' | 'points'> & { orderId: string } = { customerId: 'a', orderId: 'o1', cause: 'line 1' };
  const returned = decideReturns(books, { left: new Map([['o1', 100]]), done: new Set() }, [
    { ...change, points: 30 },
    { ...change, points: 30 },
    { ...change, cause: 'cancelled' },
    { ...change, cause: 'line 2', points: 10 },
    { ...change, orderId: 'o2', cause: 'cancelled' },
  ]);
  expect(returned).toEqual([30, 0, 70, 0, 0]);
  expect(books.standings.get('a')?.points).toBe(105);
});

test('goods lift the tier, over several steps at once; goods that come back take points but not the tier', () => {
  const books = booksOf({ a: 0 });
  const earn = (cause: string, goodsFen: number) =>
    decideEarnings(books, { tiers, done: new Set() }, [{ customerId: 'a', cause, points: pointsForFen(goodsFen), goodsFen }]);
  earn('o1', 99_999);
  expect(books.standings.get('a')).toMatchObject({ tier: 'basic', points: 999 });
  earn('o2', 400_001);
  expect(books.standings.get('a')).toMatchObject({ tier: 'gold', earnedFen: 500_000 });
  decideSpends(books, [{ customerId: 'a', orderId: 'o3', points: 4000 }]);
  earn('o2 back', -400_001);
  expect(books.standings.get('a')).toMatchObject({ tier: 'gold', points: 0, earnedFen: 99_999 });
});

test('a tier held by hand is kept below its level, and the next one is named with the goods missing', () => {
  const books = booksOf({ a: 0 }, 'silver');
  decideEarnings(books, { tiers, done: new Set() }, [{ customerId: 'a', cause: 'o1', points: 1, goodsFen: 100 }]);
  expect(books.standings.get('a')?.tier).toBe('silver');
  expect(nextTier(tiers, { tier: 'silver', earnedFen: 100 })).toMatchObject({ tier: { code: 'gold' }, missingFen: 499_900 });
  expect(nextTier(tiers, { tier: 'gold', earnedFen: 0 })).toBeUndefined();
});

test('the same cause earns once, before and within a batch', () => {
  const books = booksOf({ a: 0 });
  const one = { customerId: 'a', cause: 'order:1', points: 10, goodsFen: 1000 };
  decideEarnings(books, { tiers, done: new Set(['a\norder:0']) }, [{ ...one, cause: 'order:0' }, one, one]);
  expect(books.standings.get('a')).toMatchObject({ points: 10, earnedFen: 1000 });
});
