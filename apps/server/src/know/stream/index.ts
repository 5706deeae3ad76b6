// The door of stream.
export { type Analytics, ask, openAnalytics } from './analytics.ts';
export { momentOf } from './facts.ts';
export { type Freshness, readFreshness } from './freshness.ts';
export { migrateAnalytics } from './migrate-analytics.ts';
export { rebuildAnalytics } from './rebuild.ts';
export { drainStream, startStream } from './start-stream.ts';
