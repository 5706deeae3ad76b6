// The door of returns.
export { returnRecorded, returnsImported } from './events.ts';
export { type ImportedReturn, type ImportedReturnOutcome, importReturns } from './import-returns.ts';
export { factsOf, type ReturnFacts, type ReturnLineFacts, returnedOf } from './queries.ts';
export { type RecordReturn, recordReturn } from './record-return.ts';
