// The door of targets.
export { targetSet } from './events.ts';
export type { Analytics } from './figures.ts';
export { plansByNow, targetsFor } from './queries.ts';
export { setTarget } from './set-target.ts';
export { monthOf, scopeKey } from './target.ts';
export { isAdditive } from './track-progress.ts';
