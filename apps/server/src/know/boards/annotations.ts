import type { boards as contract } from '@tongshang/contract';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { daysBetween } from '../../platform/time.ts';
import { feastAnnotations, promotionAnnotations } from './house-annotations.ts';
import { boards } from './tables.ts';

export const annotationColumns = [
  'id', 'kind', 'from_day', 'to_day', 'title_zh', 'title_en', 'by_name', 'version',
] as const; // prettier-ignore

interface Row {
  id: string;
  kind: contract.Annotation['kind'];
  from_day: string;
  to_day: string;
  title_zh: string;
  title_en: string;
  by_name: string;
  version: number;
}

export const toAnnotation = (row: Row): contract.Annotation => ({
  id: row.id,
  kind: row.kind,
  from: row.from_day,
  to: row.to_day,
  title: { zh: row.title_zh, en: row.title_en },
  source: 'hand',
  byName: row.by_name,
  version: row.version,
});

const daysMax = 3_700;

/**
 * What is to be known about these days, the house's own and what staff wrote, by day. Refuses `annotation.period_invalid` beyond ten
 * years.
 */
export async function listAnnotations(tx: Tx, { from, to }: { from: string; to: string }): Promise<contract.Annotation[]> {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > daysMax) refuse('annotation.period_invalid', { from, to, daysMax });
  const rows = await boards(tx)
    .selectFrom('annotation')
    .select(annotationColumns)
    .where('from_day', '<=', to)
    .where('to_day', '>=', from)
    .execute();
  const all = [...rows.map(toAnnotation), ...(await promotionAnnotations(tx, { from, to })), ...feastAnnotations({ from, to })];
  return all.toSorted((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1));
}

/** An annotation held until the transaction ends. Refuses `annotation.not_found`. */
export async function lockAnnotation(tx: Tx, id: string): Promise<Row> {
  const row = await boards(tx)
    .selectFrom('annotation')
    .select(annotationColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? refuse('annotation.not_found', { id });
}
