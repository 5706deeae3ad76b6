import type { metrics as contract } from '@tongshang/contract';
import type { Measure } from './measures/measure.ts';

type Expression = contract.Expression;
type Terms = Extract<Expression, { kind: 'sum' }>['terms'];
type FindMeasure = (name: string) => Measure | undefined;

/** The measures a formula is made of, each once. */
export function measureNames(expression: Expression): string[] {
  if (expression.kind === 'one') return [expression.measure];
  const terms = expression.kind === 'sum' ? expression.terms : [...expression.over, ...expression.under];
  return [...new Set(terms.map(({ measure }) => measure))];
}

/** The formula as people read it: `(net_fen − net_cost_fen) ÷ net_fen`. */
export function formulaOf(expression: Expression): string {
  if (expression.kind === 'one') return expression.measure;
  if (expression.kind === 'sum') return written(expression.terms);
  const side = (terms: Terms): string => (terms.length === 1 && terms[0]?.sign === 1 ? written(terms) : `(${written(terms)})`);
  return `${side(expression.over)} ÷ ${side(expression.under)}${expression.times === 1 ? '' : ` × ${expression.times}`}`;
}

const written = (terms: Terms): string =>
  terms
    .map(({ measure, sign }, index) =>
      sign === -1 ? (index === 0 ? `−${measure}` : ` − ${measure}`) : index === 0 ? measure : ` + ${measure}`,
    )
    .join('');

/** What follows from the measures: how it adds up, what it can be split by, where it comes from. */
export function derive(expression: Expression, find: FindMeasure) {
  const used = measureNames(expression).map((name) => ({ name, measure: find(name) }));
  const known = used.flatMap(({ measure }) => (measure === undefined ? [] : [measure]));
  const [first] = known;
  const dimensions = (first?.dimensions ?? []).filter((one) => known.every((measure) => measure.dimensions.includes(one)));
  return {
    additivity: additivityOf(expression, known),
    dimensions: known.length === used.length ? dimensions : [],
    overlaps: dimensions.filter((one) => known.some((measure) => measure.overlaps.includes(one))),
    lineage: [...new Set([...known.flatMap(({ columns }) => columns), ...known.flatMap(({ events }) => events)])],
    hasSource: known.length === used.length && known.every(({ hasSource }) => hasSource),
  };
}

function additivityOf(expression: Expression, known: readonly Measure[]): contract.MetricDefinition['additivity'] {
  if (expression.kind === 'sum') return 'sum';
  if (expression.kind === 'one') return known[0]?.additivity ?? 'sum';
  return known.length > 0 && known.every(({ additivity }) => additivity === 'level') ? 'level' : 'ratio';
}

/** Whether its parts may be added over days: sums, and ratios of sums. */
export const isAdditive = (expression: Expression, find: FindMeasure): boolean =>
  measureNames(expression).every((name) => find(name)?.additivity === 'sum');

/**
 * Why a definition cannot be computed; undefined when it can. Distinct counts, levels and percentiles stand alone: as the whole formula or
 * as one side of a ratio, never added to anything.
 */
export function whyInvalid(
  { expression, unit, zone }: Pick<contract.MetricBody, 'expression' | 'unit' | 'zone'>,
  find: FindMeasure,
): { reason: string; measure?: string } | undefined {
  const names = measureNames(expression);
  const unknown = names.find((name) => find(name) === undefined);
  if (unknown !== undefined) return { reason: 'measure_unknown', measure: unknown };
  if (!isZone(zone)) return { reason: 'zone_unknown' };
  const unzoned = zone === 'Asia/Shanghai' ? undefined : names.find((name) => find(name)?.isZoned !== true);
  if (unzoned !== undefined) return { reason: 'zone_fixed', measure: unzoned };
  const sides =
    expression.kind === 'one' ? [] : expression.kind === 'sum' ? [expression.terms] : [expression.over, expression.under];
  const isAddable = (name: string): boolean => find(name)?.additivity === 'sum';
  for (const terms of sides) {
    const single = terms.find(
      ({ measure, sign }) => !isAddable(measure) && (terms.length > 1 || sign === -1 || expression.kind === 'sum'),
    );
    if (single !== undefined) return { reason: 'not_additive', measure: single.measure };
  }
  if (expression.kind === 'ratio' && names.some((name) => find(name)?.additivity === 'percentile'))
    return { reason: 'percentile_in_ratio' };
  if (expression.kind !== 'ratio' && names.some((name) => find(name)?.unit !== unit)) return { reason: 'unit_differs' };
  return derive(expression, find).dimensions.length === 0 ? { reason: 'no_common_dimension' } : undefined;
}

function isZone(zone: string): boolean {
  try {
    return (
      /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone) &&
      new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}

/** A figure taken apart, so that days, weeks and pieces of a period can be put together before anything is divided. */
export interface Parts {
  top: number | null;
  /** undefined: nothing to divide by, the top is the figure. */
  bottom?: number | null;
}

/** The parts of a figure in one row. What a row lacks is zero where the metric says so and it can be counted; else unknown. */
export function partsOf(
  { expression, missing }: Pick<contract.MetricBody, 'expression' | 'missing'>,
  values: Readonly<Record<string, number | null>>,
  find: FindMeasure,
): Parts {
  const valueOf = (name: string): number | null => {
    const value = values[name];
    if (value !== undefined) return value;
    const additivity = find(name)?.additivity;
    return missing === 'zero' && (additivity === 'sum' || additivity === 'distinct') ? 0 : null;
  };
  const sumOf = (terms: Terms): number | null =>
    terms.reduce<number | null>((sum, { measure, sign }) => {
      const value = valueOf(measure);
      return sum === null || value === null ? null : sum + sign * value;
    }, 0);
  if (expression.kind === 'one') return { top: valueOf(expression.measure) };
  if (expression.kind === 'sum') return { top: sumOf(expression.terms) };
  const over = sumOf(expression.over);
  return { top: over === null ? null : over * expression.times, bottom: sumOf(expression.under) };
}

/** Undefined is null, never zero: nothing to divide by, or unknown. */
export function figureOf({ top, bottom }: Parts): number | null {
  if (bottom === undefined) return top;
  return top === null || bottom === null || bottom === 0 ? null : top / bottom;
}

/** Parts of several days or pieces as one: what is unknown is left out; all unknown stays unknown. A sum and a ratio do not mix. */
export function addParts(parts: readonly Parts[]): Parts {
  const isRatio = parts[0]?.bottom !== undefined;
  if (parts.some(({ bottom }) => (bottom !== undefined) !== isRatio)) return { top: null };
  const known = parts.filter(({ top, bottom }) => top !== null && bottom !== null);
  if (known.length === 0) return isRatio ? { top: null, bottom: null } : { top: null };
  const top = known.reduce((sum, part) => sum + (part.top ?? 0), 0);
  return isRatio ? { top, bottom: known.reduce((sum, part) => sum + (part.bottom ?? 0), 0) } : { top };
}
