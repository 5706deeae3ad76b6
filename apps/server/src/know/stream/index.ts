// The door of stream.
export { type Analytics, ask, closeAnalytics, isUnreachable, openAnalytics } from './analytics.ts';
export { type Freshness, readFreshness } from './freshness.ts';
export { migrateAnalytics } from './migrate-analytics.ts';
export { rebuildAnalytics } from './rebuild.ts';
export { drainStream, startStream, type StreamParts } from './start-stream.ts';
