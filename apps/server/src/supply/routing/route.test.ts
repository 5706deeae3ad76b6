import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kmBetween } from './places.ts';
import { type Candidate, route, type RouteLine, type Rules } from './route.ts';

const kinds = [
  'fewest_parcels',
  'distance',
  'cost',
  'capacity',
  'stock_balance',
  'promise_date',
  'priority',
  'prefer',
  'avoid',
] as const;
const codes = ['A', 'B', 'C', 'D', 'E', 'F'];
const skus = ['s1', 's2', 's3', 's4'];
const storage = fc.constantFrom('ambient' as const, 'chilled' as const);

const line = (lineNo: number): fc.Arbitrary<RouteLine> =>
  fc
    .record({
      lineNo: fc.constant(lineNo),
      quantity: fc.integer({ min: 1, max: 6 }),
      amountFen: fc.integer({ min: 0, max: 50_000 }),
      storage,
      grams: fc.integer({ min: 0, max: 3000 }),
      sku: fc.constantFrom(...skus),
      kit: fc.boolean(),
    })
    .map(({ kit, ...one }) =>
      kit
        ? { ...one, sku: 'kit', parts: [{ sku: 's1', quantity: 2 }, { sku: 's3', quantity: 1 }] } // prettier-ignore
        : { ...one, parts: [{ sku: one.sku, quantity: 1 }] },
    );
const lines = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => line(at + 1))));
const candidate = (location: string): fc.Arbitrary<Candidate> =>
  fc
    .record({
      location: fc.constant(location),
      priority: fc.integer({ min: 0, max: 3 }),
      km: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      capacityLeft: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      storages: fc.constantFrom(['ambient' as const], ['ambient' as const, 'chilled' as const]),
      available: fc
        .array(fc.integer({ min: 0, max: 8 }), { minLength: 4, maxLength: 4 })
        .map((units) => new Map(skus.map((sku, at) => [sku, units[at]!]))),
      fen: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    })
    .map(({ fen, ...one }) => ({
      ...one,
      quote: (grams) => (fen === undefined ? undefined : { priceFen: fen + grams, arrivesOn: `2026-11-2${fen}` }),
    }));
const candidates = fc.subarray(codes).chain((some) => fc.tuple(...some.map(candidate)));
const rules: fc.Arbitrary<Rules> = fc.record({
  rules: fc
    .shuffledSubarray([...kinds])
    .chain((some) =>
      fc.tuple(...some.map((kind) => fc.record({ kind: fc.constant(kind), isOn: fc.boolean(), locations: fc.subarray(codes) }))),
    ),
  parcelsMax: fc.integer({ min: 1, max: 3 }),
  parcelFenMin: fc.constantFrom(0, 5000),
});

test('equal input gives an equal answer, in whatever order candidates and lines come', () => {
  fc.assert(
    fc.property(lines, candidates, rules, fc.infiniteStream(fc.nat()), (order, all, set, random) => {
      const shuffle = <T>(items: readonly T[]) =>
        items
          .map((item) => ({ item, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ item }) => item);
      expect(route(shuffle(order), shuffle(all), set)).toEqual(route(order, all, set));
    }),
    { numRuns: 500 },
  );
});

test('a route sends every unit once, never more than is available where it leaves, and nothing where it cannot be kept', () => {
  fc.assert(
    fc.property(lines, candidates, rules, (order, all, set) => {
      const found = route(order, all, set);
      if (found === undefined) return;
      for (const { lineNo, quantity } of order) {
        const sent = found.parcels.flatMap((parcel) => parcel.lines).filter((one) => one.lineNo === lineNo);
        expect(sent.reduce((sum, one) => sum + one.quantity, 0)).toBe(quantity);
      }
      expect(found.parcels.length).toBeLessThanOrEqual(set.parcelsMax);
      for (const parcel of found.parcels) {
        const here = all.find(({ location }) => location === parcel.location)!;
        if (found.full.length === 0) expect(here.capacityLeft).not.toBe(0);
        const taken = new Map<string, number>();
        for (const { lineNo, quantity } of parcel.lines) {
          const own = order.find((one) => one.lineNo === lineNo)!;
          expect(here.storages).toContain(own.storage);
          for (const part of own.parts) taken.set(part.sku, (taken.get(part.sku) ?? 0) + part.quantity * quantity);
        }
        for (const [sku, units] of taken) expect(units).toBeLessThanOrEqual(here.available.get(sku) ?? 0);
      }
    }),
    { numRuns: 1000 },
  );
});

test('an order of plain goods finds a way whenever one location has all of it', () => {
  fc.assert(
    fc.property(lines, candidates, rules, (order, all, set) => {
      const plain = order.map((one) => ({ ...one, sku: 's1', storage: 'ambient' as const, parts: [{ sku: 's1', quantity: 1 }] }));
      const units = plain.reduce((sum, one) => sum + one.quantity, 0);
      const has = all.some(({ capacityLeft, available }) => capacityLeft !== 0 && (available.get('s1') ?? 0) >= units);
      if (has) expect(route(plain, all, set)).toBeDefined();
    }),
  );
});

const at = (location: string, over: Partial<Candidate> = {}): Candidate => ({
  location, priority: 100, km: undefined, capacityLeft: undefined, storages: ['ambient'], available: new Map([['tea', 5], ['cup', 5]]),
  quote: () => undefined, ...over,
}); // prettier-ignore
const one = (sku: string, quantity = 1, lineNo = 1, amountFen = 1000): RouteLine => ({
  lineNo, sku, quantity, amountFen, storage: 'ambient', grams: 100, parts: [{ sku, quantity: 1 }],
}); // prettier-ignore
const by = (...some: (typeof kinds)[number][]): Rules => ({
  rules: some.map((kind) => ({ kind, isOn: true, locations: kind === 'prefer' || kind === 'avoid' ? ['B'] : [] })),
  parcelsMax: 2,
  parcelFenMin: 0,
});
const placesFor = (order: RouteLine[], all: Candidate[], set: Rules) =>
  route(order, all, set)?.parcels.map(({ location }) => location);

test('rules decide in their order, the first that tells ways apart; one that knows nothing abstains', () => {
  const [near, cheap] = [
    at('A', { km: 10, quote: () => ({ priceFen: 900, arrivesOn: '2026-11-25' }) }),
    at('B', { km: 500, quote: () => ({ priceFen: 500, arrivesOn: '2026-11-24' }) }),
  ];
  const order = [one('tea')];
  expect(route(order, [near, cheap], by('distance', 'cost'))).toMatchObject({
    decidedBy: 'distance',
    parcels: [{ location: 'A' }],
  });
  expect(route(order, [near, cheap], by('cost', 'distance'))).toMatchObject({ decidedBy: 'cost', parcels: [{ location: 'B' }] });
  expect(placesFor(order, [near, cheap], by('promise_date'))).toEqual(['B']);
  expect(placesFor(order, [near, cheap], by('prefer'))).toEqual(['B']);
  expect(placesFor(order, [near, cheap], by('avoid'))).toEqual(['A']);
  expect(route(order, [at('A'), at('B', { priority: 1 })], by('distance', 'priority'))).toMatchObject({
    decidedBy: 'priority',
    parcels: [{ location: 'B' }],
    ranking: [
      { place: 1, locations: ['B'], scores: [{ rule: 'distance', score: null }, { rule: 'priority', score: 1 }] },
      { place: 2, locations: ['A'] },
    ],
  }); // prettier-ignore
});

test('the emptier shelf is spared, the fuller day too', () => {
  const [full, bare] = [at('B', { available: new Map([['tea', 90]]) }), at('A', { available: new Map([['tea', 2]]) })];
  expect(placesFor([one('tea')], [bare, full], by('stock_balance'))).toEqual(['B']);
  expect(placesFor([one('tea')], [at('A', { capacityLeft: 1 }), at('B', { capacityLeft: 9 })], by('capacity'))).toEqual(['B']);
});

test('a location whose day is full is passed over, whatever the rules before; only when all are full does an order wait for one', () => {
  const [full, far] = [at('A', { capacityLeft: 0, km: 1 }), at('B', { capacityLeft: 1, km: 900 })];
  expect(route([one('tea')], [full, far], by('distance', 'capacity'))).toMatchObject({ parcels: [{ location: 'B' }], full: [] });
  expect(route([one('tea')], [full, far], by('distance'))).toMatchObject({ parcels: [{ location: 'A' }], full: ['A'] });
  const none = at('B', { capacityLeft: 0, km: 900 });
  expect(route([one('tea')], [full, none], by('distance', 'capacity'))).toMatchObject({
    parcels: [{ location: 'A' }],
    full: ['A'],
  });
});

test('an order is split only where it must be, no parcel below its least worth while there is another way', () => {
  const [tea, cup, both] = [
    at('A', { available: new Map([['tea', 9]]) }),
    at('B', { available: new Map([['cup', 9]]) }),
    at('C', { priority: 900 }),
  ];
  const order = [one('tea', 1, 1, 9000), one('cup', 1, 2, 100)];
  expect(placesFor(order, [tea, cup, both], by('fewest_parcels', 'priority'))).toEqual(['C']);
  expect(placesFor(order, [tea, cup], by('fewest_parcels'))).toEqual(['A', 'B']);
  const [half, rest] = [at('D', { available: new Map([['tea', 9]]) }), at('E', { available: new Map([['tea', 9], ['cup', 1]]), priority: 900 })]; // prettier-ignore
  const choosy = { ...by('priority'), parcelFenMin: 500 };
  expect(placesFor(order, [half, cup, rest], choosy)).toEqual(['E']);
  expect(placesFor(order, [half, cup], choosy)).toEqual(['B', 'D']); // there is no other way
});

test('a kit leaves from one place, whole', () => {
  const kit: RouteLine = { ...one('set', 2), parts: [{ sku: 'tea', quantity: 1 }, { sku: 'cup', quantity: 2 }] }; // prettier-ignore
  const [tea, cup] = [at('A', { available: new Map([['tea', 9], ['cup', 3]]) }), at('B', { available: new Map([['cup', 9]]) })]; // prettier-ignore
  expect(placesFor([kit], [tea, cup], by())).toBeUndefined();
  expect(placesFor([kit], [tea, cup, at('C')], by())).toEqual(['C']);
});

test('distances are those between provincial capitals, and unknown where a province is', () => {
  expect(kmBetween('310000', '310000')).toBe(0);
  expect(kmBetween('310000', '330000')).toBeGreaterThan(140);
  expect(kmBetween('310000', '330000')).toBeLessThan(190);
  expect(kmBetween('310000', '650000')).toBeGreaterThan(3000);
  expect(kmBetween('310000', undefined)).toBeUndefined();
});
