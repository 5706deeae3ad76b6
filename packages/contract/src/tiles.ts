// A question of any kind and its answer, as boards, exports and scheduled mails hold them.
import * as z from 'zod';
import type { ErrorCode } from './errors.ts';
import {
  CohortAnswer,
  CohortQuestion,
  exploreKinds,
  FunnelAnswer,
  FunnelQuestion,
  PathAnswer,
  PathQuestion,
  RetentionAnswer,
  RetentionQuestion,
  RfmAnswer,
  RfmQuestion,
} from './explore.ts';
import { filterDimensions, MetricAnswer, MetricQuestion } from './metrics.ts';

export const questionKinds = ['metrics', ...exploreKinds] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** A question, by the kind of answer it has. */
export const TileQuestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('metrics'), question: MetricQuestion }),
  z.object({ kind: z.literal('funnel'), question: FunnelQuestion }),
  z.object({ kind: z.literal('retention'), question: RetentionQuestion }),
  z.object({ kind: z.literal('cohorts'), question: CohortQuestion }),
  z.object({ kind: z.literal('paths'), question: PathQuestion }),
  z.object({ kind: z.literal('rfm'), question: RfmQuestion }),
]);
export type TileQuestion = z.output<typeof TileQuestion>;

/** The answer of the same kind, just as the question asked alone would have it. */
export const TileAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('metrics'), answer: MetricAnswer }),
  z.object({ kind: z.literal('funnel'), answer: FunnelAnswer }),
  z.object({ kind: z.literal('retention'), answer: RetentionAnswer }),
  z.object({ kind: z.literal('cohorts'), answer: CohortAnswer }),
  z.object({ kind: z.literal('paths'), answer: PathAnswer }),
  z.object({ kind: z.literal('rfm'), answer: RfmAnswer }),
]);
export type TileAnswer = z.output<typeof TileAnswer>;

/** Filters of a bar that a tile cannot follow: its figures are not narrowed by them, and it says so. */
export const NotNarrowed = z.array(z.enum(filterDimensions));

/** What reading a tile may refuse, whatever its kind. */
export const tileErrors: readonly ErrorCode[] = [
  'metric.not_found',
  'metric.dimension_unknown',
  'metric.period_invalid',
  'metric.window_unfit',
  'metric.zones_mixed',
  'metric.out_of_scope',
  'metric.too_much',
  'analytics.unavailable',
];
