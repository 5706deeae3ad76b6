// The door of recalls.
export { finishRecall, startRecall } from './run-recall.ts';
