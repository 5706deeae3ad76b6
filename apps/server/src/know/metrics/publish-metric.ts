import type { metrics as contract } from '@tongshang/contract';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { type Definition, definitionOf, type Version } from './book.ts';
import { whyInvalid } from './definition.ts';
import { findMeasure } from './measures/index.ts';
import { readBook } from './read-book.ts';
import { shipMetrics } from './ship-metrics.ts';
import { metrics } from './tables.ts';

export interface Draft {
  name: string;
  body: contract.MetricBody;
  /** The newest version that was seen; 0 makes a new metric, which is then valid since ever. */
  base: number;
  validFrom: string;
  note: string;
}

/**
 * Publishes a new version of a metric; those before it stay as they are, and count the days before `validFrom`. Refuses
 * `metric.not_found {metric}`, `metric.changed {metric, version}` when somebody was faster, `metric.invalid {reason, measure?}` and
 * `metric.rewrites_history {today}` for a day in the past.
 */
export async function publishMetric(ctx: Ctx, { name, body, base, validFrom, note }: Draft): Promise<Definition> {
  const { tx, actor, now } = ctx;
  await shipMetrics(ctx); // what ships is published before it is revised; it also takes the lock that orders publishers
  const book = await readBook(tx, now);
  const newest = book.metrics.get(name)?.at(-1);
  if (newest === undefined && base !== 0) refuse('metric.not_found', { metric: name });
  if (newest !== undefined && newest.version !== base) refuse('metric.changed', { metric: name, version: newest.version });
  const today = dayOf(now);
  if (base !== 0 && validFrom < today) refuse('metric.rewrites_history', { today });
  checkBody(body);

  const label = actorLabel(actor);
  const version: Version = {
    name,
    version: base + 1,
    validFrom: base === 0 ? undefined : validFrom,
    body,
    note,
    publishedAt: now,
    publishedByName: label.name,
  };
  await metrics(tx)
    .insertInto('definition')
    .values({
      name,
      version: version.version,
      valid_from: version.validFrom ?? null,
      body: JSON.stringify(body),
      note,
      shipped_revision: null,
      published_by: label.id,
      published_by_name: label.name,
      published_at: now,
    })
    .execute();
  return definitionOf(version);
}

/** Refuses `metric.invalid {reason, measure?}` for a definition that cannot be computed. */
export function checkBody(body: contract.MetricBody): void {
  const why = whyInvalid(body, findMeasure);
  if (why !== undefined) refuse('metric.invalid', why);
}
