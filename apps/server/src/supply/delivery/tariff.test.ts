import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalDay, type Calendar, type DayRule, dispatchBy, dispatchDay, weekdayOf } from './calendar.ts';
import { provinceOf } from './province.ts';
import {
  chooseOption,
  type Option,
  optionsFor,
  type PriceRow,
  priceOf,
  type ServiceTerms,
  type Tariff,
  zoneKey,
} from './tariff.ts';

const row = fc.record({
  zone: fc.constantFrom('a', 'b'),
  firstGrams: fc.integer({ min: 1, max: 5000 }),
  firstFen: fc.integer({ min: 0, max: 5000 }),
  stepGrams: fc.integer({ min: 1, max: 3000 }),
  stepFen: fc.integer({ min: 0, max: 2000 }),
  days: fc.integer({ min: 0, max: 8 }),
});
/** Few figures, so that prices and days are often equal. */
const tightRow = fc.record({
  zone: fc.constantFrom('a', 'b'),
  firstGrams: fc.constant(1000),
  firstFen: fc.constantFrom(500, 600),
  stepGrams: fc.constant(1000),
  stepFen: fc.constantFrom(0, 100),
  days: fc.constantFrom(1, 2),
});
const service: fc.Arbitrary<ServiceTerms> = fc.record({
  code: fc.stringMatching(/^[A-Z]{4}$/),
  carrier: fc.constantFrom('X', 'Y'),
  name: fc.constant('n'),
  nameEn: fc.constant('n'),
  storages: fc.constantFrom(['ambient'] as const, ['ambient', 'frozen'] as const),
  maximumGrams: fc.integer({ min: 1000, max: 30_000 }),
  prices: fc.uniqueArray(fc.oneof(tightRow, row), { selector: ({ zone }) => zone }),
});
const services = fc.uniqueArray(service, { selector: ({ code }) => code, maxLength: 6 });
const zones = new Map(['X', 'Y'].map((carrier, index) => [zoneKey(carrier, '330000', '310000'), index === 0 ? 'a' : 'b']));
const tariffOf = (some: readonly ServiceTerms[]): Tariff => ({ services: some, zones });
const asked = fc.record({
  origin: fc.constant('330000'),
  province: fc.constantFrom('310000', undefined),
  storage: fc.constantFrom('ambient' as const, 'frozen' as const),
  grams: fc.integer({ min: 1, max: 30_000 }),
  dispatchedOn: fc.constant('2026-11-23'),
});
const promise = fc.option(
  fc.integer({ min: 23, max: 30 }).map((day) => `2026-11-${day}`),
  { nil: undefined },
);
const usual: Calendar = new Map();

test('a heavier parcel never costs less, and one more gram at most one step', () => {
  fc.assert(
    fc.property(row, fc.integer({ min: 1, max: 50_000 }), (price: PriceRow, grams) => {
      const more = priceOf(price, grams + 1) - priceOf(price, grams);
      expect(more === 0 || more === price.stepFen).toBe(true);
    }),
  );
});

test('the first weight costs the first price, every step begun one more: 500 g beyond 1 kg by steps of 500 g', () => {
  const price = { zone: 'a', firstGrams: 1000, firstFen: 800, stepGrams: 500, stepFen: 150, days: 2 };
  expect([1, 1000, 1001, 1500, 1501].map((grams) => priceOf(price, grams))).toEqual([800, 800, 950, 950, 1100]);
});

test('what is chosen keeps the promise if anything can, and nothing that keeps it is cheaper', () => {
  fc.assert(
    fc.property(services, asked, promise, (some, parcel, promisedOn) => {
      const options = optionsFor(tariffOf(some), usual, parcel);
      const chosen = chooseOption(options, promisedOn);
      const keeping = options.filter(({ arrivesOn }) => promisedOn === undefined || arrivesOn <= promisedOn);
      if (chosen === undefined) expect(options).toEqual([]);
      else if (keeping.length > 0) {
        expect(keeping).toContainEqual(chosen);
        expect(chosen.priceFen).toBe(Math.min(...keeping.map(({ priceFen }) => priceFen)));
      } else expect(chosen.arrivesOn).toBe(options.map(({ arrivesOn }) => arrivesOn).toSorted()[0]);
    }),
  );
});

test('equal input gives an equal answer, in whatever sequence services are written down', () => {
  fc.assert(
    fc.property(services, asked, promise, (some, parcel, promisedOn) => {
      const answer = (list: readonly ServiceTerms[]): Option | undefined =>
        chooseOption(optionsFor(tariffOf(list), usual, parcel), promisedOn);
      expect(answer(some.toReversed())).toEqual(answer(some));
    }),
  );
});

test('another service on offer never makes a parcel dearer, as long as the promise can be kept', () => {
  fc.assert(
    fc.property(services, service, asked, promise, (some, one, parcel, promisedOn) => {
      const choose = (list: readonly ServiceTerms[]) => chooseOption(optionsFor(tariffOf(list), usual, parcel), promisedOn);
      const [before, after] = [choose(some), choose([...some.filter(({ code }) => code !== one.code), one])];
      if (before === undefined || after === undefined || some.some(({ code }) => code === one.code)) return;
      const isKept = ({ arrivesOn }: Option) => promisedOn === undefined || arrivesOn <= promisedOn;
      if (isKept(before)) expect(isKept(after) && after.priceFen <= before.priceFen).toBe(true);
    }),
  );
});

test('nothing cold goes with a service that keeps nothing cold, nothing heavier than it carries', () => {
  fc.assert(
    fc.property(services, asked, (some, parcel) => {
      for (const { service: code } of optionsFor(tariffOf(some), usual, parcel)) {
        const terms = some.find((one) => one.code === code);
        expect(terms?.storages).toContain(parcel.storage);
        expect(terms?.maximumGrams).toBeGreaterThanOrEqual(parcel.grams);
      }
    }),
  );
});

test('an address that names no province is priced as the dearest zone', () => {
  const prices = [
    { zone: 'a', firstGrams: 1000, firstFen: 500, stepGrams: 500, stepFen: 100, days: 1 },
    { zone: 'b', firstGrams: 1000, firstFen: 900, stepGrams: 500, stepFen: 400, days: 5 },
  ];
  const only: ServiceTerms = { code: 'S', carrier: 'X', name: '', nameEn: '', storages: ['ambient'], maximumGrams: 9000, prices };
  const parcel = { origin: '330000', storage: 'ambient' as const, grams: 1600, dispatchedOn: '2026-11-23' };
  expect(optionsFor(tariffOf([only]), usual, { ...parcel, province: provinceOf('Mars') })).toMatchObject([
    { zone: 'b', priceFen: 1700 },
  ]);
  expect(optionsFor(tariffOf([only]), usual, { ...parcel, province: provinceOf('上海市 上海市 黄浦区') })).toMatchObject([
    { zone: 'a', priceFen: 700 },
  ]);
});

test('a parcel leaves the same day until the cut-off of the business zone, to the second; then on the next working day', () => {
  const weekdays = { cutOff: '16:00', weekdays: [1, 2, 3, 4, 5] };
  expect(weekdayOf('2026-11-22')).toBe(7);
  expect(weekdayOf('2026-11-23')).toBe(1);
  const leaves = (instant: string) => dispatchDay(usual, weekdays, new Date(instant));
  expect(leaves('2026-11-23T08:00:00Z')).toBe('2026-11-23'); // 16:00
  expect(leaves('2026-11-23T08:00:01Z')).toBe('2026-11-24');
  expect(leaves('2026-11-27T09:00:00Z')).toBe('2026-11-30'); // Friday evening → Monday
  expect(leaves('2026-11-22T16:30:00Z')).toBe('2026-11-23'); // half past midnight on Monday
  expect(dispatchBy(weekdays, '2026-11-23').toISOString()).toBe('2026-11-23T10:00:00.000Z');
});

test('on a holiday nothing leaves and nothing arrives, on a make-up Saturday it does', () => {
  const holidays: Calendar = new Map<string, DayRule>([
    ...['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'].map(
      (day) => [day, { dispatches: false, delivers: false }] as const,
    ),
    ['2027-02-20', { dispatches: true, delivers: true }],
  ]);
  const weekdays = { cutOff: '16:00', weekdays: [1, 2, 3, 4, 5] };
  expect(dispatchDay(holidays, weekdays, new Date('2027-02-04T09:00:00Z'))).toBe('2027-02-09');
  expect(dispatchDay(holidays, weekdays, new Date('2027-02-20T01:00:00Z'))).toBe('2027-02-20');
  expect(arrivalDay(holidays, '2027-02-04', 2)).toBe('2027-02-10');
  expect(arrivalDay(holidays, '2027-02-04', 0)).toBe('2027-02-04');
  expect(arrivalDay(usual, '2027-02-04', 2)).toBe('2027-02-06');
});

test('a calendar that closes for ever is a mistake, and does not make anybody wait for ever', () => {
  const closed: Calendar = new Map(
    Array.from({ length: 400 }, (_, index) => [
      new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10),
      { dispatches: false, delivers: false },
    ]),
  );
  expect(dispatchDay(closed, { cutOff: '16:00', weekdays: [1] }, new Date('2027-01-01T00:00:00Z'))).toBe('2027-01-01');
  expect(arrivalDay(closed, '2027-01-01', 3) < '2027-04-01').toBe(true);
});
