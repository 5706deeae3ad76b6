import type { Piece } from './book.ts';
import { piecesOf, versionOn } from './book.ts';
import { addParts, figureOf, isAdditive, measureNames, type Parts, partsOf } from './definition.ts';
import { type Figures, readerOf } from './figures.ts';
import { familyOf, findMeasure } from './measures/index.ts';
import type { MeasureRow } from './measures/measure.ts';
import type { Slice } from './measures/slice.ts';
import { isBucket } from './period.ts';

/** One row of an answer, its figures still taken apart. */
export interface PartsRow {
  keys: string[];
  parts: ReadonlyMap<string, Parts>;
  n: number;
}

export interface FigureRow {
  keys: string[];
  values: Readonly<Record<string, number | null>>;
  n: number;
}

type Asked = Omit<Slice, 'zone'>;

/** The figures of these metrics, a row a key. Metrics that nobody defined are left out. */
export async function readFigures(figures: Figures, names: readonly string[], slice: Asked): Promise<Map<string, FigureRow>> {
  const rows = await readParts(figures, names, slice);
  return new Map(
    [...rows].map(([key, row]) => [key, { keys: row.keys, n: row.n, values: valuesOf(figures, names, slice, row) }]),
  );
}

/** The figures of a row; of no row at all, what the definitions say of a missing day. */
export function valuesOf(
  { book }: Figures,
  names: readonly string[],
  { to }: Pick<Asked, 'to'>,
  row: PartsRow | undefined,
): Record<string, number | null> {
  return Object.fromEntries(
    names.map((name) => {
      const parts = row?.parts.get(name) ?? missingParts(versionOn(book, name, to)?.body);
      return [name, figureOf(parts)];
    }),
  );
}

export const missingParts = (body: Piece['version']['body'] | undefined): Parts =>
  body === undefined ? { top: null } : partsOf(body, {}, findMeasure);

/**
 * Reads what the metrics are made of: all families at once, one question each. A period over which a metric was defined in several ways is
 * read in pieces; each counts its days its own way, and sums are put together before anything is divided.
 */
export async function readParts(figures: Figures, names: readonly string[], slice: Asked): Promise<Map<string, PartsRow>> {
  const plans = names.map((name) => ({ name, pieces: piecesOf(figures.book, name, slice) }));
  const groups = Map.groupBy(plans, ({ pieces }) => pieces.map(({ from, version }) => `${from} ${version.body.zone}`).join());
  const answers = await Promise.all([...groups.values()].map((group) => readGroup(figures, group, slice)));
  const merged = new Map<string, PartsRow>();
  for (const rows of answers)
    for (const [key, row] of rows) {
      const before = merged.get(key);
      merged.set(
        key,
        before === undefined
          ? row
          : { keys: row.keys, parts: new Map([...before.parts, ...row.parts]), n: Math.max(before.n, row.n) },
      );
    }
  return merged;
}

interface Plan {
  name: string;
  pieces: Piece[];
}

/** Metrics whose pieces are cut at the same days. */
async function readGroup(figures: Figures, plans: readonly Plan[], slice: Asked): Promise<Map<string, PartsRow>> {
  const cuts = plans[0]?.pieces ?? [];
  const read = await Promise.all(
    cuts.map(async ({ from, to, version }, index) => {
      const until = to === slice.to ? slice.until : undefined;
      const expressions = plans.flatMap(({ pieces }) => pieces[index]?.version.body.expression ?? []);
      return readMeasures(figures, expressions.flatMap(measureNames), { ...slice, from, to, until, zone: version.body.zone });
    }),
  );
  const keys = new Map(read.flatMap((rows) => [...rows].map(([key, row]) => [key, row.keys] as const)));
  return new Map(
    [...keys].map(([key, own]) => {
      const rows = read.map((one) => one.get(key));
      const parts = new Map(plans.map(({ name, pieces }) => [name, joinPieces(pieces, rows, slice)]));
      return [key, { keys: own, parts, n: rows.reduce((sum, row) => sum + (row?.n ?? 0), 0) }];
    }),
  );
}

/**
 * What adds up is added. A level is that of the last piece that has the row's bucket, or of the last piece. A distinct count or a percentile
 * of several pieces that count differently is nothing anybody could name: undefined.
 */
function joinPieces(pieces: readonly Piece[], rows: readonly (MeasureRow | undefined)[], { by }: Asked): Parts {
  const parts = pieces.map(({ version }, index) => partsOf(version.body, rows[index]?.values ?? {}, findMeasure));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  if (pieces.every(({ version }) => isAdditive(version.body.expression, findMeasure))) return addParts(parts);
  const present = parts.filter((_, index) => rows[index] !== undefined);
  const isLevel = pieces.every(({ version }) =>
    measureNames(version.body.expression).every((name) => findMeasure(name)?.additivity === 'level'),
  );
  if (by.some(isBucket)) return present.length === 1 || isLevel ? (present.at(-1) ?? { top: null }) : { top: null };
  return isLevel ? (parts.at(-1) ?? { top: null }) : { top: null };
}

async function readMeasures(figures: Figures, names: readonly string[], slice: Slice): Promise<Map<string, MeasureRow>> {
  const families = new Set(names.flatMap((name) => familyOf(name) ?? []));
  const read = readerOf(figures);
  const answers = await Promise.all([...families].map((family) => family.read(read, slice)));
  const merged = new Map<string, MeasureRow>();
  for (const row of answers.flat()) {
    const key = keyOf(row.keys);
    const before = merged.get(key);
    merged.set(
      key,
      before === undefined ? row : { keys: row.keys, values: { ...before.values, ...row.values }, n: Math.max(before.n, row.n) },
    );
  }
  return merged;
}

export const keyOf = (keys: readonly string[]): string => keys.join('\u0000');
