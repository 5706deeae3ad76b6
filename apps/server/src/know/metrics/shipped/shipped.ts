import { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';

/**
 * A metric that comes with the house. `revision` goes up whenever what is written here changes: the house then publishes a new version of
 * its own, valid from that day, unless staff have defined the metric since.
 */
export interface Shipped {
  name: string;
  revision: number;
  body: contract.MetricBody;
}

type Text = [zh: string, en: string];
type Written = Omit<z.input<typeof contract.MetricBody>, 'title' | 'explanation'> & {
  title: Text;
  explanation: Text;
  revision?: number;
};

/** Checked when the process starts: what is written wrongly does not ship. */
export const ship = (name: string, { title, explanation, revision = 1, ...rest }: Written): Shipped => ({
  name,
  revision,
  body: contract.MetricBody.parse({
    ...rest,
    title: { zh: title[0], en: title[1] },
    explanation: { zh: explanation[0], en: explanation[1] },
  }),
});

type Terms = Extract<contract.Expression, { kind: 'sum' }>;

/** `a − b`: names with a leading minus are taken away. */
const terms = (names: readonly string[]): Terms['terms'] =>
  names.map((name) =>
    name.startsWith('-') ? { measure: name.slice(1), sign: -1 as const } : { measure: name, sign: 1 as const },
  );

export const sum = (...names: string[]) => ({ kind: 'sum' as const, terms: terms(names) });
export const one = (measure: string) => ({ kind: 'one' as const, measure });
export const ratio = (over: readonly string[], under: readonly string[], times = 1) => ({
  kind: 'ratio' as const,
  over: terms(over),
  under: terms(under),
  times,
});
