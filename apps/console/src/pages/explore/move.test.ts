import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved } from './move.ts';

test('moving a step loses none and doubles none; it stands where it was put and the others keep their order', () => {
  const place = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 8 }), place, place, (items, from, to) => {
      const [at, put] = [from % items.length, to % items.length];
      const after = moved(items, at, put);
      expect(after[put]).toBe(items[at]);
      expect(after.filter((one) => one !== items[at])).toEqual(items.filter((one) => one !== items[at]));
    }),
  );
});
