// The door of collection.
export { batchesBetween, type LogPlace, nextPlace, oldestBatchAfter, type StoredBatch } from './queries.ts';
export { type NewBatch, storeBatches } from './store-batches.ts';
export type { KeptEvent } from './wire.ts';
