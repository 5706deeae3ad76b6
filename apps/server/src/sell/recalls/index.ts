// The door of recalls.
export { finishRecall, startRecall } from './run-recall.ts';
export { traceLot } from './trace-lot.ts';
