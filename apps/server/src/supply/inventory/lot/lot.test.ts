import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../platform/time.ts';
import { keptFrom, type Limits } from '../limits.ts';
import { promiseInTurn } from '../promise.ts';
import { availableFor, type Level, levelKey } from '../stock.ts';
import { freeOf, isUsable, type LotUnits, takeUsable, unusableUnits } from './lot.ts';

const today = '2026-11-22';
const aLot = (over: Partial<LotUnits> = {}): LotUnits => ({
  code: 'L',
  expiresOn: '2026-12-31',
  isRecalled: false,
  onHand: 10,
  allocated: 0,
  setApart: 0,
  ...over,
});
const lots = fc
  .array(
    fc
      .record({
        expiresOn: fc.option(
          fc.integer({ min: -5, max: 60 }).map((days) => addDays(today, days)),
          { nil: undefined },
        ),
        isRecalled: fc.boolean(),
        onHand: fc.integer({ min: 1, max: 20 }),
        share: fc.integer({ min: 0, max: 100 }),
      })
      .map(({ share, ...lot }) => ({ ...lot, allocated: Math.floor((lot.onHand * share) / 200), setApart: 0 })),
    { maxLength: 6 },
  )
  .map((all) => all.map((lot, index): LotUnits => ({ ...lot, code: `L${index}` })));
const life = fc.integer({ min: 0, max: 40 });

test('a lot may be used on its last day and not on the next one, and a recalled lot on none', () => {
  const lot = aLot({ expiresOn: today });
  expect(isUsable(lot, { day: today, minimumLifeDays: 0 })).toBe(true);
  expect(isUsable(lot, { day: addDays(today, 1), minimumLifeDays: 0 })).toBe(false);
  expect(isUsable(aLot({ expiresOn: undefined, isRecalled: true }), { day: today, minimumLifeDays: 0 })).toBe(false);
  expect(isUsable(aLot({ expiresOn: undefined }), { day: '2126-01-01', minimumLifeDays: 3650 })).toBe(true);
});

test('who asks for more life never gets more, and time never makes a lot usable again', () => {
  fc.assert(
    fc.property(lots, life, life, (all, days, more) => {
      const strict = unusableUnits(all, { day: today, minimumLifeDays: days + more });
      expect(strict).toBeGreaterThanOrEqual(unusableUnits(all, { day: today, minimumLifeDays: days }) - sumAllocated(all));
      for (const lot of all)
        if (!isUsable(lot, { day: today, minimumLifeDays: days }))
          expect(isUsable(lot, { day: addDays(today, more), minimumLifeDays: days })).toBe(false);
    }),
  );
});
const sumAllocated = (all: readonly LotUnits[]) => all.reduce((sum, { allocated }) => sum + allocated, 0);

test('taking first expired first out never takes what may not be used, what others have, or more than wanted; and never skips a lot that ends sooner', () => {
  fc.assert(
    fc.property(lots, life, fc.integer({ min: 1, max: 60 }), (all, minimumLifeDays, quantity) => {
      const need = { day: today, minimumLifeDays };
      const { taken, rest } = takeUsable(all, quantity, need);
      const of = (code: string) => all.find((lot) => lot.code === code)!;
      expect(taken.reduce((sum, part) => sum + part.quantity, 0) + rest).toBe(quantity);
      for (const part of taken) {
        expect(isUsable(of(part.code), need)).toBe(true);
        expect(part.quantity).toBeLessThanOrEqual(freeOf(of(part.code)));
      }
      const days = taken.map((part) => of(part.code).expiresOn ?? '9999-12-31');
      expect(days).toEqual(days.toSorted());
      const usable = all.filter((lot) => isUsable(lot, need)).reduce((sum, lot) => sum + freeOf(lot), 0);
      expect(rest).toBe(Math.max(0, quantity - usable));
    }),
  );
});

const aLevel = (limits: Partial<Limits>, over: Partial<Level> = {}): Level => ({
  sku: 'tea',
  location: 'WH1',
  onHand: 10,
  promised: 0,
  unavailable: 0,
  buffer: 0,
  unitCostFen: 100,
  limits: { lots: [], rules: new Map(), earmarks: [], waiting: 0, ahead: [], ...limits },
  ...over,
});
const turn = (channel: string, quantity: number, aheadOn?: string) => ({
  channel,
  lines: [{ lineNo: 1, sku: 'tea', location: 'WH1', quantity, aheadOn }],
  givesBack: [],
});
const play = (level: Level, ...turns: Parameters<typeof promiseInTurn>[1]) =>
  promiseInTurn(new Map([[levelKey(level), level]]), turns, today);

test('what is promised to a channel is always a set of lots that it may use, whoever else is promised units beside it', () => {
  fc.assert(
    fc.property(
      lots,
      fc.array(fc.tuple(fc.constantFrom('shop', 'store'), fc.integer({ min: 1, max: 8 })), { maxLength: 8 }),
      (all, wishes) => {
        const rules = new Map([['shop', { minimumLifeDays: 14, buffer: 0 }]]);
        const fresh = all.map((lot) => ({ ...lot, allocated: 0 }));
        const level = aLevel({ lots: fresh, rules }, { onHand: fresh.reduce((sum, lot) => sum + lot.onHand, 0) });
        const { shortages } = play(level, ...wishes.map(([channel, quantity]) => turn(channel, quantity)));
        const got = wishes.filter((_, index) => shortages[index]?.length === 0);
        const units = (channel: string) =>
          got.filter(([one]) => one === channel).reduce((sum, [, quantity]) => sum + quantity, 0);
        const usable = (days: number) =>
          fresh.filter((lot) => isUsable(lot, { day: today, minimumLifeDays: days })).reduce((sum, lot) => sum + lot.onHand, 0);
        expect(units('shop')).toBeLessThanOrEqual(usable(14)); // Hall's condition of two nested needs
        expect(units('shop') + units('store')).toBeLessThanOrEqual(usable(0));
      },
    ),
  );
});

test('earmarked units are their channel’s first, seen by nobody else, and not lost when it takes others', () => {
  const earmarks = [{ id: 'E', kind: 'earmark' as const, channel: 'live', left: 4 }];
  const level = aLevel({ earmarks });
  expect(availableFor(level, { channel: 'shop', day: today })).toBe(6);
  expect(availableFor(level, { channel: undefined, day: today })).toBe(6);
  expect(availableFor(level, { channel: 'live', day: today })).toBe(10);
  const { shortages, uses } = play(level, turn('live', 5), turn('shop', 6), turn('shop', 5), turn('live', 1));
  expect(shortages.map((short) => short.length)).toEqual([0, 1, 0, 1]);
  expect(uses).toEqual([{ turn: 0, lineNo: 1, earmarkId: 'E', quantity: 4 }]);
});

test('a quota is the most that its channel takes, and no limit for others', () => {
  const earmarks = [{ id: 'Q', kind: 'quota' as const, channel: 'flash', left: 3 }];
  const { shortages } = play(aLevel({ earmarks }), turn('flash', 2), turn('flash', 2), turn('shop', 8), turn('flash', 1));
  expect(shortages.map((short) => short[0]?.available)).toEqual([undefined, 1, undefined, 0]);
});

test('a unit is sold ahead only to who was told the day, only while there are any, and those that wait are kept from the rest', () => {
  const ahead = [{ fromDay: '2026-12-10', left: 3 }];
  const level = aLevel({ ahead }, { onHand: 0 });
  const told = play(
    level,
    turn('shop', 2),
    turn('shop', 2, '2026-12-01'),
    turn('shop', 2, '2026-12-10'),
    turn('shop', 2, '2026-12-10'),
  );
  expect(told.shortages.map((short) => short.length)).toEqual([1, 1, 0, 1]);
  expect(told.ahead).toEqual([{ turn: 2, lineNo: 1, sku: 'tea', location: 'WH1', quantity: 2, fromDay: '2026-12-10' }]);
  expect(told.changes).toEqual([]);
  expect(keptFrom({ ...level.limits!, waiting: 2 }, { channel: 'shop', day: today })).toBe(2);
});
