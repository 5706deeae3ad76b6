// The door of metrics.
export { definitions, findDefinition } from './definitions.ts';
export { type MetricFigures, type MetricQuestion, queryMetrics } from './query-metrics.ts';
export { type Entity, type EntityValue, valuesByEntity } from './values-by-entity.ts';
