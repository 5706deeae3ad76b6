import type { boards as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { daysBetween } from '../../platform/time.ts';
import { annotationColumns, lockAnnotation, toAnnotation } from './annotations.ts';
import { staffOf } from './board.ts';
import { boards } from './tables.ts';

type Form = z.output<typeof contract.addAnnotation.body>;

/** Longer than a year is not something that happened. */
const daysMax = 366;

/** Writes on every time chart what happened. Refuses `annotation.period_invalid` beyond a year. */
export async function addAnnotation(ctx: Ctx, form: Form): Promise<contract.Annotation> {
  const staff = staffOf(ctx.actor);
  mustFit(form);
  const row = await boards(ctx.tx)
    .insertInto('annotation')
    .values({ ...written(form), by_id: staff.id, by_name: staff.name, created_at: ctx.now })
    .returning(annotationColumns)
    .executeTakeFirstOrThrow();
  return toAnnotation(row);
}

/** Corrects an annotation as it was seen. Refuses `annotation.changed {version}` when somebody was faster. */
export async function changeAnnotation(ctx: Ctx, { id, version, ...form }: Form & { id: string; version: number }) {
  mustFit(form);
  const before = await lockAnnotation(ctx.tx, id);
  if (before.version !== version) refuse('annotation.changed', { version: before.version });
  const row = await boards(ctx.tx)
    .updateTable('annotation')
    .set({ ...written(form), version: version + 1 })
    .where('id', '=', id)
    .returning(annotationColumns)
    .executeTakeFirstOrThrow();
  return toAnnotation(row);
}

/** Takes away an annotation written by hand; what the house made has no row. Refuses `annotation.not_found`. */
export async function removeAnnotation(ctx: Ctx, { id }: { id: string }): Promise<void> {
  await lockAnnotation(ctx.tx, id);
  await boards(ctx.tx).deleteFrom('annotation').where('id', '=', id).execute();
}

function mustFit({ from, to }: Form): void {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > daysMax) refuse('annotation.period_invalid', { from, to, daysMax });
}

const written = ({ kind, from, to, title }: Form) => ({
  kind,
  from_day: from,
  to_day: to,
  title_zh: title.zh,
  title_en: title.en,
});
