// The door of metrics.
export { type Book, type Definition, definitionsOf, findDefinition } from './book.ts';
export { readCockpit } from './cockpit.ts';
export { buildWorkbook } from './export-workbook.ts';
export { type Figures, openFigures } from './figures.ts';
export { type Holiday, holidaysBetween } from './lunar-calendar.ts';
export { comparedPeriod, type Period } from './period.ts';
export { type MetricFigures, type MetricQuestion, queryMetrics } from './query-metrics.ts';
export { readBook } from './read-book.ts';
export { dayIn, relativePeriod } from './relative-period.ts';
export { type Scope, scopedStores, scopeOf, wholeHouse } from './scope.ts';
export { endOfMinute, sharedReadings } from './shared-readings.ts';
export { shipMetrics } from './ship-metrics.ts';
export { valuesByEntity } from './values-by-entity.ts';
