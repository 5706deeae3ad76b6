import type { boards as contract } from '@tongshang/contract';
import type { JobRun } from '../../../platform/jobs.ts';
import { findDefinition, openFigures, type Scope } from '../../metrics/index.ts';
import { type Analytics, readFreshness } from '../../stream/index.ts';
import { readTile, withAsOf } from '../read-tile.ts';
import type { Describe } from './sheet-of-metrics.ts';

/** What a report is read from: the figures as they are defined and as fresh as they were when it was opened. */
export interface ReportFigures {
  asOf: Date;
  describe: Describe;
  dimensionsOf: (metric: string) => readonly string[] | undefined;
  read: (question: contract.TileQuestion, scope: Scope, now: Date) => Promise<contract.TileAnswer>;
}

/** Opens the house's figures for one report. */
export type OpenFigures = (house: JobRun) => Promise<ReportFigures>;

/** The figures of the house: every tile as boards read it, by one edition of the definitions. */
export const houseFigures =
  (analytics: Analytics): OpenFigures =>
  async (house) => {
    const { asOf } = await house.inTx((ctx) => readFreshness(ctx.tx, ctx.now)); // first: the figures are at least this fresh
    const opened = await openFigures(analytics, house.inTx);
    return {
      asOf,
      describe: (metric) => findDefinition(opened.book, metric),
      dimensionsOf: (metric) => findDefinition(opened.book, metric)?.dimensions,
      read: async (question, scope, now) => withAsOf(await readTile({ ...opened, now }, question, scope), asOf),
    };
  };
