import type { Ctx } from '../../../platform/ctx.ts';
import type { JobRun } from '../../../platform/jobs.ts';
import { layBar } from '../bar.ts';
import { boards } from '../tables.ts';
import { buildReportWorkbook } from './build-workbook.ts';
import { drawReport } from './draw-report.ts';
import { makeReport, type ReportTile } from './make-report.ts';
import { findSubject, readerOf } from './queries.ts';
import type { OpenFigures, ReportFigures } from './read-figures.ts';
import type { Taken } from './send-delivery.ts';

export interface Files {
  title: string;
  asOf: Date;
  pdf: Buffer;
  xlsx: Buffer;
}

/**
 * The files of a run in this scope and language. Those that are there already are taken; else every tile is read once and both are drawn
 * from that reading. Throws `analytics.unavailable`.
 */
export async function makeFiles(
  openFigures: OpenFigures,
  house: JobRun,
  taken: Taken,
): Promise<Files | 'subject gone' | 'not in scope'> {
  const start = await house.inTx(async (ctx) => ({
    files: await keptFiles(ctx, taken),
    seen: await findSubject(ctx.tx, await readerOf(ctx.tx, taken.ownerId, taken.staff), taken.subject),
  }));
  if (start.files !== undefined) return start.files;
  if (start.seen === undefined) return 'subject gone';
  const figures = await openFigures(house);
  const { report, isEmptyForScope } = await makeReport({
    name: start.seen.name,
    tiles: tilesOf(start.seen, figures),
    scope: taken.scope,
    language: taken.language,
    asOf: figures.asOf,
    dueAt: taken.dueAt,
    describe: figures.describe,
    read: (question) => figures.read(question, taken.scope, taken.startedAt),
  });
  if (isEmptyForScope) return 'not in scope';
  const pdf = await drawReport(report, taken.language);
  const xlsx = buildReportWorkbook(report, taken.language);
  return house.inTx((ctx) => keepFiles(ctx, taken, { title: report.title, asOf: figures.asOf, pdf, xlsx }));
}

type Seen = NonNullable<Awaited<ReturnType<typeof findSubject>>>;

/** A saved question is a report of one tile. */
function tilesOf(seen: Seen, { dimensionsOf }: ReportFigures): ReportTile[] {
  if (!('tiles' in seen)) return [{ title: seen.name, question: seen.question, notNarrowedBy: [] }];
  return seen.tiles.map(({ title, savedName, question: asked }) => {
    const named = title ?? savedName ?? undefined;
    if (asked === null) return { title: named, question: undefined, notNarrowedBy: [] };
    return { title: named, ...layBar(asked, seen.bar, dimensionsOf) };
  });
}

async function keptFiles({ tx }: Ctx, { runId, scope, language }: Taken): Promise<Files | undefined> {
  const row = await boards(tx)
    .selectFrom('run_file')
    .select(['title', 'as_of as asOf', 'pdf', 'xlsx'])
    .where('run_id', '=', runId)
    .where('store', '=', scope.store ?? '')
    .where('language', '=', language)
    .executeTakeFirst();
  return row;
}

/** Keeps them; when another was quicker, theirs count, so that all recipients alike hold the same. */
async function keepFiles(ctx: Ctx, taken: Taken, { title, asOf, pdf, xlsx }: Files): Promise<Files> {
  await boards(ctx.tx)
    .insertInto('run_file')
    .values({
      run_id: taken.runId,
      store: taken.scope.store ?? '',
      language: taken.language,
      title,
      as_of: asOf,
      pdf,
      xlsx,
      made_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await keptFiles(ctx, taken)) ?? { title, asOf, pdf, xlsx };
}
