import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, nextState, type Standing, untouched } from './warning.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const minute = (n: number) => new Date(start + n * 60_000);

/** A rule whose levels are in order, either way round. */
const aRule = fc
  .record({
    direction: fc.constantFrom('below' as const, 'above' as const),
    fire: fc.integer({ min: -50, max: 50 }),
    band: fc.nat(20),
    hold: fc.nat(5),
  })
  .map(({ direction, fire, band, hold }) => ({
    direction,
    fireLevel: fire,
    clearLevel: direction === 'below' ? fire + band : fire - band,
    holdMinutes: hold,
  }));
const someValues = fc.array(fc.option(fc.integer({ min: -100, max: 100 }), { nil: null, freq: 4 }), {
  minLength: 1,
  maxLength: 60,
});

/** What the rule says at every look, one a minute. */
function walk(rule: Line & { holdMinutes: number }, values: readonly (number | null)[]): Standing[] {
  let standing = untouched;
  return values.map((value, index) => (standing = nextState(rule, standing, value, minute(index))));
}
const isBeyond = (rule: Line, value: number) => (rule.direction === 'below' ? value < rule.fireLevel : value > rule.fireLevel);
const isSafe = (rule: Line, value: number) => (rule.direction === 'below' ? value >= rule.clearLevel : value <= rule.clearLevel);

test('a value that moves only inside the band never changes whether it fires', () => {
  fc.assert(
    fc.property(
      aRule,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      (rule, shares, wasFiring) => {
        const before: Standing = wasFiring
          ? { state: 'firing', pendingSince: minute(0), firedAt: minute(0), resolvedAt: null }
          : untouched;
        let standing = before;
        for (const [index, share] of shares.entries()) {
          // from the fire level (not beyond) up to just short of the clear level
          const width = Math.abs(rule.clearLevel - rule.fireLevel) * share * 0.999;
          const value = rule.direction === 'below' ? rule.fireLevel + width : rule.fireLevel - width;
          if (isSafe(rule, value)) continue;
          standing = nextState(rule, standing, value, minute(index + 1));
          expect(standing.state).toBe(before.state);
        }
      },
    ),
  );
});

test('it fires only after every known value of the hold time was beyond the fire level', () => {
  fc.assert(
    fc.property(aRule, someValues, (rule, values) => {
      const states = walk(rule, values);
      for (const [index, { state }] of states.entries()) {
        if (state !== 'firing' || states[index - 1]?.state === 'firing') continue;
        const held = values.slice(Math.max(0, index - rule.holdMinutes), index + 1).filter((value) => value !== null);
        expect(held.every((value) => isBeyond(rule, value))).toBe(true);
        expect(index >= rule.holdMinutes).toBe(true);
      }
    }),
  );
});

test('it clears only at or past the clear level, and always there', () => {
  fc.assert(
    fc.property(aRule, someValues, (rule, values) => {
      const states = walk(rule, values);
      for (const [index, value] of values.entries()) {
        const before = states[index - 1]?.state;
        const after = states[index]?.state;
        if (before === 'firing') expect(after).toBe(value !== null && isSafe(rule, value) ? 'resolved' : 'firing');
      }
    }),
  );
});

test('an unknown value neither fires nor clears nor starts anything', () => {
  fc.assert(
    fc.property(aRule, someValues, (rule, values) => {
      const states = walk(rule, values);
      for (const [index, value] of values.entries())
        if (value === null) expect(states[index]).toEqual(states[index - 1] ?? untouched);
    }),
  );
});

test('a hold of zero fires at the first look; a longer one waits, and starts anew when the value came back', () => {
  const rule = { direction: 'below', fireLevel: 7, clearLevel: 10, holdMinutes: 0 } as const;
  expect(walk(rule, [6]).map(({ state }) => state)).toEqual(['firing']);
  const held = { ...rule, holdMinutes: 2 };
  expect(walk(held, [6, 8, 6, 6, 6, 9, 10, 6]).map(({ state }) => state)).toEqual([
    'pending',
    'inactive',
    'pending',
    'pending',
    'firing',
    'firing',
    'resolved',
    'pending',
  ]);
});
