import type { warnings as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { openFigures } from '../../know/metrics/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Analytics } from '../targets/index.ts';
import { checkRule } from './check-rule.ts';
import { readValues } from './read-values.ts';
import { isBeyond } from './warning.ts';

const shown = 20;

/** How many entities are beyond the line now, the worst first. Nothing is stored; the hold time is not counted. */
export async function previewRule(
  { analytics }: { analytics: Analytics },
  run: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>; at: Date },
  rule: z.output<typeof contract.previewRule.body>,
): Promise<z.input<typeof contract.previewRule.reply>> {
  const figures = await openFigures(analytics, run.inTx);
  checkRule(figures.book, rule);
  const values = await readValues(figures, run, rule);
  const known = [...values].flatMap(([entityKey, value]) => (value === null ? [] : [{ entityKey, value }]));
  const worstFirst = rule.direction === 'below' ? 1 : -1;
  const beyond = known
    .filter(({ value }) => isBeyond(rule, value))
    .toSorted((a, b) => worstFirst * (a.value - b.value) || (a.entityKey < b.entityKey ? -1 : 1));
  return {
    watched: values.size,
    wouldFire: beyond.length,
    unknown: values.size - known.length,
    examples: beyond.slice(0, shown),
  };
}
