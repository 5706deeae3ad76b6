import type { ReplyOf, collection } from '@tongshang/contract';

export type Replayed = ReplyOf<typeof collection.replayBadEvents>['items'][number];
export type Outcome = Replayed['outcome'];

/** So many one request takes. */
export const idsMax = 500;

/** What is sent in several requests, in order. */
export const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size));

const order: readonly Outcome[] = ['replayed', 'duplicate', 'still_bad', 'settled'];

/** How many came out which way; ways that nothing came out are left out. */
export const countOutcomes = (items: readonly Replayed[]): { outcome: Outcome; count: number }[] =>
  order
    .map((outcome) => ({ outcome, count: items.filter((one) => one.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
