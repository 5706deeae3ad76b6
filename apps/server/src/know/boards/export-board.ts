import type { boards as contract } from '@tongshang/contract';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { findDefinition, openFigures, scopeOf } from '../metrics/index.ts';
import { type Analytics, readFreshness } from '../stream/index.ts';
import { layBar } from './bar.ts';
import { staffOf } from './board.ts';
import { getBoard } from './queries.ts';
import { readTile, withAsOf } from './read-tile.ts';
import { buildReportWorkbook } from './schedule/build-workbook.ts';
import { makeReport } from './schedule/make-report.ts';
import type { Language } from './schedule/sheet.ts';

interface Exporter {
  actor: Actor;
  now: () => Date;
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

/**
 * All tiles of a board under a bar as a workbook, in the scope of whoever asks: a sheet a tile, the same as a scheduled mail would hold.
 * A tile that cannot be read says so on its sheet. Refuses `board.not_found`, `analytics.unavailable`.
 */
export async function exportBoard(
  analytics: Analytics,
  { actor, now, inTx }: Exporter,
  { id, bar, language }: { id: string; bar: contract.BoardBar; language: Language },
): Promise<Buffer> {
  const board = await inTx((ctx) => getBoard(ctx.tx, staffOf(actor), id));
  const { asOf } = await inTx((ctx) => readFreshness(ctx.tx, ctx.now)); // before the figures: they are at least this fresh
  const figures = await openFigures(analytics, inTx);
  const scope = scopeOf(actor);
  const { report } = await makeReport({
    name: board.name,
    tiles: board.tiles.map(({ title, savedName, question }) => ({
      title: title ?? savedName ?? undefined,
      ...(question === null
        ? { question: undefined, notNarrowedBy: [] }
        : layBar(question, bar, (metric) => findDefinition(figures.book, metric)?.dimensions)),
    })),
    scope,
    language,
    asOf,
    dueAt: now(),
    describe: (metric) => findDefinition(figures.book, metric),
    read: async (question) => withAsOf(await readTile(figures, question, scope), asOf),
  });
  return buildReportWorkbook(report, language);
}
