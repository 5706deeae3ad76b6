import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsOf } from './buying.ts';
import { readOptions } from './options.ts';
import { forecast, makePolicy, readPolicy, unitsToOrder } from './policy.ts';

const policy = makePolicy({ name: 'a', coverDays: 10, safety: 0 });
const position = { available: 0, onOrder: 0, dailyUnits: 2, leadTimeDays: 4, packSize: 4 };

test('nothing is ordered while shelf and orders last past the next chance; then lead time, review and cover are filled in packs', () => {
  expect(unitsToOrder({ ...position, available: 11 }, policy)).toBe(0); // five days of two are ten
  expect(unitsToOrder({ ...position, available: 4, onOrder: 7 }, policy)).toBe(0);
  expect(unitsToOrder({ ...position, available: 10 }, policy)).toBe(20);
  expect(unitsToOrder({ ...position, available: 9 }, policy)).toBe(24);
});

test('more cover never orders less, whole packs are ordered, and what is ordered lifts the position to the target', () => {
  const anyPosition = fc.record({
    available: fc.nat(200),
    onOrder: fc.nat(200),
    dailyUnits: fc.double({ min: 0, max: 30, noNaN: true }),
    leadTimeDays: fc.nat(14),
    packSize: fc.integer({ min: 1, max: 24 }),
  });
  fc.assert(
    fc.property(anyPosition, fc.nat(30), fc.nat(30), (one, cover, more) => {
      const less = unitsToOrder(one, { ...policy, coverDays: cover });
      expect(unitsToOrder(one, { ...policy, coverDays: cover + more })).toBeGreaterThanOrEqual(less);
      expect(less % one.packSize).toBe(0);
      if (less > 0)
        expect(one.available + one.onOrder + less).toBeGreaterThanOrEqual(one.dailyUnits * (one.leadTimeDays + 1 + cover) - 1e-6);
    }),
  );
});

test('the forecast begins with what was expected and follows what was sold', () => {
  expect(forecast(3, [])).toBe(3);
  expect(forecast(0, [7, 7, 7, 7, 7, 7, 7])).toBe(3.5);
});

test('suppliers bring all that was ordered, never before the day, and the same for the same seed and day', () => {
  const asked = { id: 'p', expectedOn: '2030-03-10', lines: [{ lineNo: 1, sku: 'A', quantity: 40 }, { lineNo: 2, sku: 'B', quantity: 3 }] }; // prettier-ignore
  fc.assert(
    fc.property(fc.nat(10_000), (seed) => {
      const arrivals = arrivalsOf(asked, { seed, day: '2030-03-04', supplier: 'SUP-F' });
      for (const { lineNo, quantity } of asked.lines)
        expect(arrivals.flatMap(({ lines }) => lines.filter((line) => line.lineNo === lineNo)).reduce((sum, line) => sum + line.quantity, 0)).toBe(quantity); // prettier-ignore
      for (const { on, lines } of arrivals) {
        expect(on >= asked.expectedOn).toBe(true);
        expect(lines.every((line) => line.quantity > 0)).toBe(true);
      }
      expect(arrivalsOf(asked, { seed, day: '2030-03-04', supplier: 'SUP-F' })).toEqual(arrivals);
    }),
  );
});

test('a policy is a file or one figure; a word that is none is refused', () => {
  const dir = mkdtempSync(join(tmpdir(), 'policy-'));
  writeFileSync(join(dir, 'lean.json'), '{"coverDays": 3, "shipHours": [12]}');
  writeFileSync(join(dir, 'odd.json'), '{"coverDay": 3}');
  expect(readPolicy(join(dir, 'lean.json'))).toMatchObject({ name: 'lean', coverDays: 3, safety: 1.65, shipHours: [12] });
  expect(() => readPolicy(join(dir, 'odd.json'))).toThrow('coverDay');
  expect(readPolicy('cover:14')).toMatchObject({ name: 'cover 14', coverDays: 14 });
  expect(readPolicy('review:7')).toMatchObject({ reviewDays: 7 });
  expect(readPolicy('safety-days:2')).toMatchObject({ safetyDays: 2, safety: 1.65 });
  expect(readPolicy('routing:distance+cost')).toMatchObject({ routing: ['distance', 'cost'] });
  for (const odd of ['routing:nearest', 'cover:many', 'review:1.5', 'lead:3', join(dir, 'none.json')])
    expect(() => readPolicy(odd), odd).toThrow(/^(a policy|"lead|the policy)/);
  rmSync(dir, { recursive: true });
});

const now = new Date('2026-11-22T12:00:00Z');
test('the command says what it does not understand', () => {
  expect(readOptions(['--days', '3', '--compare', 'cover:7,cover:14'], now)).toMatchObject({ days: 3, seed: 7, orders: 60 });
  expect(readOptions([], now).policies).toHaveLength(1);
  for (const [args, why] of [
    [['--days', '0'], '--days'],
    [['--orders', 'many'], '--orders'],
    [['--from', '2026-11-22'], 'a day to come'],
    [['--from', 'spring'], '--from is a day'],
    [['--from', '2030-02-30'], '--from is a day'],
    [['--demand', 'x', '--orders', '5'], 'either --orders or --demand'],
    [['9'], '9'],
    [['--policy', 'a.json', '--compare', 'cover:1'], 'not both'],
    [['--compare', 'cover:1,cover:2,cover:3'], 'two to compare'],
    [['--plant', 'weeds'], 'weeds'],
    [['--dys', '3'], '--dys'],
  ] as const)
    expect(() => readOptions(args, now), args.join(' ')).toThrow(why);
});
