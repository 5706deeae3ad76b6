// The door of explore.
export { readCohorts } from './cohorts.ts';
export { readFunnel } from './funnel.ts';
export { readPaths } from './paths.ts';
export type { Reading } from './reading.ts';
export { readRetention } from './retention.ts';
export { readRfm } from './rfm.ts';
