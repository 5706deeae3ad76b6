// The door of targets.
export type { Analytics } from './figures.ts';
export { plansByNow } from './queries.ts';
export { setTarget } from './set-target.ts';
export { monthOf } from './target.ts';
export { isAdditive } from './track-progress.ts';
