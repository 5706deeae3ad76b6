// The door of metrics.
export { findDefinition } from './definitions.ts';
export { queryMetrics } from './query-metrics.ts';
export { valuesByEntity } from './values-by-entity.ts';
