// A question of any kind and its answer, as boards, exports and scheduled mails hold them.
import * as z from 'zod';
import type { ErrorCode } from './errors.ts';
import { MetricAnswer, MetricQuestion } from './metrics.ts';

export const questionKinds = ['metrics'] as const;

/** A question, by the kind of answer it has. */
export const TileQuestion = z.discriminatedUnion('kind', [z.object({ kind: z.literal('metrics'), question: MetricQuestion })]);
export type TileQuestion = z.output<typeof TileQuestion>;

/** The answer of the same kind, just as the question asked alone would have it. */
export const TileAnswer = z.discriminatedUnion('kind', [z.object({ kind: z.literal('metrics'), answer: MetricAnswer })]);
export type TileAnswer = z.output<typeof TileAnswer>;

/** What reading a tile may refuse, whatever its kind. */
export const metricErrors: readonly ErrorCode[] = [
  'metric.not_found',
  'metric.dimension_unknown',
  'metric.period_invalid',
  'analytics.unavailable',
];
