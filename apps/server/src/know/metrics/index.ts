// The door of metrics.
export { type Book, findDefinition } from './book.ts';
export { type Figures, openFigures } from './figures.ts';
export { type Holiday, holidaysBetween } from './lunar-calendar.ts';
export { type MetricQuestion, queryMetrics } from './query-metrics.ts';
export { readBook } from './read-book.ts';
export { relativePeriod } from './relative-period.ts';
export { type Scope, scopedStores, scopeOf, wholeHouse } from './scope.ts';
export { endOfMinute } from './shared-readings.ts';
export { shipMetrics } from './ship-metrics.ts';
export { valuesByEntity } from './values-by-entity.ts';
