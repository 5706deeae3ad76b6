// The door of collection.
export { batchesBetween, type LogPlace, nextPlace, oldestBatchAfter, type StoredBatch } from './queries.ts';
export { storeBatches } from './store-batches.ts';
