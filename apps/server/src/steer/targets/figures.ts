import type { metrics, warnings } from '@tongshang/contract';
import type * as z from 'zod';

/** What steering asks of know/metrics. It reads ClickHouse: never inside a transaction. */
export interface Figures {
  /** The one definition of a metric; undefined when there is none of that name. */
  definitionOf: (metric: string) => metrics.MetricDefinition | undefined;
  query: (question: z.input<typeof metrics.MetricQuestion>) => Promise<metrics.MetricAnswer>;
  /** The value of a metric now for each entity; null is unknown. */
  valuesByEntity: (asked: {
    metric: metrics.MetricName;
    entity: z.output<typeof warnings.EntityKind>;
    at: Date;
  }) => Promise<ReadonlyMap<string, number | null>>;
}
