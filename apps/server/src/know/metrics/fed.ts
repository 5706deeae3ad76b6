import { versionOn } from './book.ts';
import { measureNames } from './definition.ts';
import { type Figures, readerOf } from './figures.ts';
import { familyOf, findMeasure } from './measures/index.ts';
import type { Family } from './measures/measure.ts';

/** Those of the metrics, as defined today, that need a measure nothing has fed yet: they show nothing, not even zero. */
export async function findUnfed(figures: Figures, names: readonly string[]): Promise<ReadonlySet<string>> {
  const needed = names.map((name) => {
    const expression = versionOn(figures.book, name, figures.book.today)?.body.expression;
    const measures = expression === undefined ? [] : measureNames(expression);
    return { name, measures: measures.filter((measure) => findMeasure(measure)?.hasSource !== true) };
  });
  const families = new Set(needed.flatMap(({ measures }) => measures.flatMap((measure) => familyOf(measure) ?? [])));
  const fed = await fedBy(figures, [...families]);
  return new Set(needed.filter(({ measures }) => measures.some((measure) => !fed.has(measure))).map(({ name }) => name));
}

async function fedBy(figures: Figures, families: readonly Family[]): Promise<ReadonlySet<string>> {
  const read = readerOf(figures);
  const found = await Promise.all(families.map(async ({ findFed }) => (await findFed?.(read)) ?? new Set<string>()));
  return new Set(found.flatMap((names) => [...names]));
}
