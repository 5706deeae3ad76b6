// The metrics that come with the house: a file a subject, in the order of `metricNames`.
import { customerMetrics } from './customers.ts';
import { handlingMetrics } from './handling.ts';
import { indicatorMetrics } from './indicators.ts';
import { outsideMetrics } from './outside.ts';
import { salesMetrics } from './sales.ts';
import type { Shipped } from './shipped.ts';
import { stockMetrics } from './stock.ts';
import { visitMetrics } from './visits.ts';

export const shipped: readonly Shipped[] = [
  ...salesMetrics,
  ...visitMetrics,
  ...customerMetrics,
  ...stockMetrics,
  ...handlingMetrics,
  ...indicatorMetrics,
  ...outsideMetrics,
];
