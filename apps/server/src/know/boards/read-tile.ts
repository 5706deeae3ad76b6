import type { boards as contract, metrics } from '@tongshang/contract';
import { readCohorts, readFunnel, readPaths, readRetention, readRfm } from '../explore/index.ts';
import { type Figures, type MetricQuestion, queryMetrics, type Scope } from '../metrics/index.ts';

type Unfresh<Tile> = Tile extends { kind: infer Kind; answer: infer Answer }
  ? { kind: Kind; answer: Omit<Answer, 'asOf'> }
  : never;

/** The answer of a tile without saying how fresh it is: that is read beside it. */
export type TileFigures = Unfresh<contract.TileAnswer>;

/**
 * What a tile shows to somebody with this scope, of the figures as they were opened: the one function behind screens, exports and scheduled
 * mails, so that theirs are the same. Refuses what the question itself would: `metric.out_of_scope`, `metric.too_much`,
 * `analytics.unavailable` …
 */
export async function readTile(figures: Figures, tile: contract.TileQuestion, scope: Scope): Promise<TileFigures> {
  switch (tile.kind) {
    case 'metrics':
      return { kind: 'metrics', answer: await queryMetrics(figures, asked(tile.question), scope) };
    case 'funnel':
      return { kind: 'funnel', answer: await readFunnel(figures, tile.question, scope) };
    case 'retention':
      return { kind: 'retention', answer: await readRetention(figures, tile.question, scope) };
    case 'cohorts':
      return { kind: 'cohorts', answer: await readCohorts(figures, tile.question, scope) };
    case 'paths':
      return { kind: 'paths', answer: await readPaths(figures, tile.question, scope) };
    case 'rfm':
      return { kind: 'rfm', answer: await readRfm(figures, tile.question, scope) };
  }
}

function asked({ channel, category, sku, store, campaign, until, ...rest }: metrics.MetricQuestion): MetricQuestion {
  const filters = { channel, category, sku, store, campaign };
  return { ...rest, until: until === undefined ? undefined : new Date(until), filters };
}

/** Figures and the instant they were read at make the answer that everybody shows. */
export const withAsOf = ({ kind, answer }: TileFigures, asOf: Date): contract.TileAnswer =>
  ({ kind, answer: { ...answer, asOf: asOf.toISOString() } }) as contract.TileAnswer;
