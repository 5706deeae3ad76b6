import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floorOf, holdsAt, marginFloorBp, priceAt, type PriceKind, type PriceWindow, stateAt } from './price.ts';

const hour = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 0, 1) + hours * hour);
const window = (kind: PriceKind, amountFen: number, over: Partial<PriceWindow> = {}): PriceWindow => ({
  id: `${kind}-${amountFen}`, kind, channel: null, amountFen, currency: 'CNY', validFrom: at(0), validTo: null, ...over,
}); // prettier-ignore
const decide = (windows: PriceWindow[], hours = 1, channel = 'shop') => priceAt(windows, { channel, at: at(hours) });

test.each([
  ['nothing', [], undefined],
  ['a list price alone', [window('list', 100)], { amountFen: 100, listFen: 100, kind: 'list' }],
  ['the channel before the list', [window('list', 100), window('channel', 120, { channel: 'shop' })], { amountFen: 120, listFen: 120, kind: 'channel' }],
  ['another channel never', [window('list', 100), window('channel', 50, { channel: 'store' })], { amountFen: 100, listFen: 100 }],
  ['a mark-down before either', [window('list', 100), window('channel', 120, { channel: 'shop' }), window('markdown', 80)], { amountFen: 80, listFen: 120, kind: 'markdown' }],
  ['the channel’s own mark-down first', [window('list', 100), window('markdown', 80), window('markdown', 90, { channel: 'shop' })], { amountFen: 90 }],
  ['a mark-down that would raise, not at all', [window('list', 100), window('markdown', 130)], { amountFen: 100, listFen: 100, kind: 'list' }],
  ['a mark-down without a price to lower, not at all', [window('markdown', 80)], undefined],
  ['a window that is over, not at all', [window('list', 100, { validTo: at(1) })], undefined],
  ['a window that has not begun, not at all', [window('list', 100, { validFrom: at(2) })], undefined],
])('holds: %s', (_, windows, expected) => {
  if (expected === undefined) expect(decide(windows)).toBeUndefined();
  else expect(decide(windows)).toMatchObject(expected);
}); // prettier-ignore

test('a window holds from its first instant until just before its last', () => {
  const open = window('list', 1, { validFrom: at(1), validTo: at(2) });
  expect([0, 1, 1.999, 2].map((hours) => holdsAt(open, at(hours)))).toEqual([false, true, true, false]);
  expect([0, 1, 2].map((hours) => stateAt(open, at(hours)))).toEqual(['scheduled', 'running', 'ended']);
});

test('the end that is told is the first change that is known', () => {
  const windows = [window('list', 100, { validTo: at(5) }), window('markdown', 80, { validTo: at(9) })];
  expect(decide(windows)?.validTo).toEqual(at(5));
  expect(decide([window('list', 100), window('markdown', 80, { validTo: at(9) })])?.validTo).toEqual(at(9));
  expect(decide([window('list', 100)])?.validTo).toBeNull();
});

const anyWindow = fc
  .record({
    kind: fc.constantFrom<PriceKind>('list', 'channel', 'markdown'),
    channel: fc.constantFrom('shop', 'store'),
    isGeneral: fc.boolean(),
    amountFen: fc.integer({ min: 0, max: 1_000_000 }),
    from: fc.integer({ min: 0, max: 48 }),
    hours: fc.option(fc.integer({ min: 1, max: 48 }), { nil: undefined }),
  })
  .map(({ kind, channel, isGeneral, amountFen, from, hours }) =>
    window(kind, amountFen, {
      id: crypto.randomUUID(),
      channel: kind === 'list' || (kind === 'markdown' && isGeneral) ? null : channel,
      validFrom: at(from),
      validTo: hours === undefined ? (kind === 'markdown' ? at(from + 1) : null) : at(from + hours),
    }),
  );
/** As the database allows: no two of the same kind and channel overlap. */
const windows = fc.array(anyWindow, { maxLength: 12 }).map((all) =>
  all.reduce<PriceWindow[]>((kept, next) => {
    const clashes = kept.some(
      (one) =>
        one.kind === next.kind &&
        one.channel === next.channel &&
        (one.validTo === null || next.validFrom < one.validTo) &&
        (next.validTo === null || one.validFrom < next.validTo),
    );
    return clashes ? kept : [...kept, next];
  }, []),
);
const moment = fc.record({ hours: fc.integer({ min: -1, max: 100 }), channel: fc.constantFrom('shop', 'store', 'wholesale') });

test('whatever windows there are: the price is one that runs in this channel, never above the list, and there is one exactly when a list or channel price runs', () => {
  fc.assert(
    fc.property(windows, moment, (all, { hours, channel }) => {
      const price = decide(all, hours, channel);
      const running = all.filter((one) => holdsAt(one, at(hours)) && (one.channel === null || one.channel === channel));
      expect(price !== undefined).toBe(running.some((one) => one.kind !== 'markdown'));
      if (price === undefined) return;
      expect(price.amountFen).toBeLessThanOrEqual(price.listFen);
      expect(running.find((one) => one.id === price.priceId)).toMatchObject({ amountFen: price.amountFen, kind: price.kind });
      expect(running.some((one) => one.kind !== 'markdown' && one.amountFen === price.listFen)).toBe(true);
    }),
  );
});

test('the order in which windows come never matters', () => {
  fc.assert(
    fc.property(windows, moment, (all, { hours, channel }) => {
      expect(decide(all.toReversed(), hours, channel)).toEqual(decide(all, hours, channel));
    }),
  );
});

test('between now and the end that is told, the price stays what it is, unless another one begins', () => {
  fc.assert(
    fc.property(windows, moment, (all, { hours, channel }) => {
      const price = decide(all, hours, channel);
      const later = all.every((one) => one.validFrom <= at(hours) || one.validFrom >= at(hours + 1));
      if (price === undefined || !later || (price.validTo !== null && price.validTo <= at(hours + 0.5))) return;
      expect(decide(all, hours + 0.5, channel)?.amountFen).toBe(price.amountFen);
    }),
  );
});

test('the floor keeps the margin after VAT to the fen, and a fen less does not', () => {
  const amounts = fc.record({ costFen: fc.integer({ min: 1, max: 100_000_000 }), taxRateBp: fc.constantFrom(0, 600, 900, 1300) });
  fc.assert(
    fc.property(amounts, ({ costFen, taxRateBp }) => {
      const keeps = (fen: number) =>
        BigInt(fen) * 100_000_000n >= BigInt(costFen) * BigInt(10_000 + marginFloorBp) * BigInt(10_000 + taxRateBp);
      const floor = floorOf({ costFen, taxRateBp });
      expect(keeps(floor)).toBe(true);
      expect(keeps(floor - 1)).toBe(false);
    }),
  );
  expect(floorOf({ costFen: 0, taxRateBp: 1300 })).toBe(0);
  expect(floorOf({ costFen: 10_000, taxRateBp: 1300 })).toBe(11_865);
});
