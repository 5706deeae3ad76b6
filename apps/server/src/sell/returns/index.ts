// The door of returns.
export { returnRecorded, returnsImported } from './events.ts';
export { type ImportedReturn, type ImportedReturnOutcome, importReturns } from './import-returns.ts';
export { factsOf, type ReturnFacts } from './queries.ts';
export { type SizeReturns, sizeReturns } from './size-returns.ts';
export { recordReturn } from './record-return.ts';
