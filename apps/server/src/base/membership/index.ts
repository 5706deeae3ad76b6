// The door of membership.
export { adjustPoints } from './adjust-points.ts';
export { earnPoints } from './earn-points.ts';
export { pointsForFen, pointWorth } from './points.ts';
export { findDrift, standingsOf, type StandingFacts } from './queries.ts';
export { returnPoints } from './return-points.ts';
export { saveTier } from './save-tier.ts';
export { spendPoints } from './spend-points.ts';
