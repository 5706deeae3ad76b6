// The door of collection.
export { findServer } from './find-server.ts';
export { type EventLog, postgresLog } from './log/event-log.ts';
export { openEventLog } from './log/open-event-log.ts';
export { keptByHour, rowsReceived } from './kept-by-hour.ts';
export { batchesOf, type LogPlace, nextPlace, oldestBatchAfter, rowsBetween, type StoredBatch } from './queries.ts';
export { storeBatches } from './store-batches.ts';
