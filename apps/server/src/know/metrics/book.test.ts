import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../platform/time.ts';
import { type Book, piecesOf, type Version, versionOn, versionsOver } from './book.ts';
import { shipped } from './shipped/index.ts';
import { sum } from './shipped/shipped.ts';

const formulas = [sum('net_fen'), sum('paid_fen'), sum('net_fen', '-net_cost_fen')];
const start = '2026-11-01';
const days = Array.from({ length: 40 }, (_, index) => addDays(start, index));

/** Versions in the order they were published; a later one may be valid from an earlier day than one before it. */
const anyBook = fc.array(fc.record({ from: fc.nat(45), formula: fc.nat(2) }), { maxLength: 6 }).map((edits): Book => {
  const versions = [{ from: undefined, formula: 0 }, ...edits].map(({ from, formula }, index): Version => ({
    name: 'm',
    version: index + 1,
    validFrom: from === undefined ? undefined : addDays(start, from - 2),
    body: { ...shipped[0]!.body, expression: formulas[formula]! },
    note: '',
    publishedAt: undefined,
    publishedByName: undefined,
  }));
  return { today: start, edition: '', metrics: new Map([['m', versions]]) };
});

test('the pieces of a period cover each of its days once, with the version that was valid on it', () => {
  fc.assert(
    fc.property(anyBook, fc.nat(39), fc.nat(39), (book, one, other) => {
      const period = { from: days[Math.min(one, other)]!, to: days[Math.max(one, other)]! };
      const asked = days.filter((day) => day >= period.from && day <= period.to);
      const exact = versionsOver(book, 'm', period);
      const covered = exact.flatMap(({ from, to }) => days.filter((day) => day >= from && day <= to));
      expect(covered).toEqual(asked);
      for (const { from, to, version } of exact)
        for (const day of asked.filter((at) => at >= from && at <= to)) expect(versionOn(book, 'm', day)).toBe(version);

      const pieces = piecesOf(book, 'm', period);
      expect(pieces.flatMap(({ from, to }) => days.filter((day) => day >= from && day <= to))).toEqual(asked);
      for (const [index, piece] of pieces.entries()) {
        for (const { from, to, version } of exact)
          if (from >= piece.from && to <= piece.to) expect(version.body.expression).toEqual(piece.version.body.expression);
        expect(pieces[index + 1]?.version.body.expression).not.toEqual(piece.version.body.expression);
      }
    }),
  );
});
