// How promotions of one stage get along: groups within groups, each with a mode.
import type { PromotionStage } from '@tongshang/contract';
import { byCode } from './cells.ts';
import { judge } from './judge.ts';
import type { Offer, OfferGroup, PriceRequest } from './request.ts';
import { forkRun, give, type Given, type Run, usedOf } from './run.ts';

interface GroupNode {
  group: OfferGroup;
  members: Node[];
}
export type Node = { offer: Offer } | GroupNode;

/** The offers of each stage in their groups, higher priority first, equal ones by id: the order they came in never matters. */
export function plan({ offers, groups }: PriceRequest): (stage: PromotionStage) => Node[] {
  const known = new Map(groups.map((group) => [group.id, group]));
  const isRoot = (group: OfferGroup): boolean => known.get(group.parent ?? '')?.stage !== group.stage || isInCircle(group, known);
  const ownGroup = (offer: Offer): OfferGroup | undefined => {
    const group = known.get(offer.groupId ?? '');
    return group?.stage === offer.stage ? group : undefined;
  };
  const inGroup = Map.groupBy(offers, (offer) => ownGroup(offer)?.id);
  const below = Map.groupBy(groups, (group) => (isRoot(group) ? undefined : group.parent));
  const nodesOf = (id: string | undefined, stage: PromotionStage): Node[] => {
    const members: Node[] = (inGroup.get(id) ?? []).filter((offer) => offer.stage === stage).map((offer) => ({ offer }));
    for (const group of below.get(id) ?? [])
      if (group.stage === stage) members.push({ group, members: nodesOf(group.id, stage) });
    return members.toSorted(inOrder);
  };
  return (stage) => nodesOf(undefined, stage);
}

function isInCircle(group: OfferGroup, known: ReadonlyMap<string, OfferGroup>): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = group.id; id !== undefined; id = known.get(id)?.parent) {
    if (seen.has(id)) return true;
    seen.add(id);
  }
  return false;
}

const rankOf = (node: Node) =>
  'offer' in node
    ? { priority: node.offer.priority, id: node.offer.promotionId, code: node.offer.couponCode ?? '' }
    : { priority: node.group.priority, id: node.group.id, code: '' };

function inOrder(one: Node, other: Node): number {
  const [a, b] = [rankOf(one), rankOf(other)];
  return b.priority - a.priority || byCode(a.id, b.id) || byCode(a.code, b.code);
}

/** Lets an offer or a group give what its mode allows; answers whether anything was given. */
function walk(run: Run, node: Node): boolean {
  if ('offer' in node) return offerGives(run, node.offer);
  const { members } = node;
  switch (node.group.mode) {
    case 'sequence':
      return walkAll(run, members);
    case 'sum':
      return run.stage === 'exclusive' ? walkAll(run, members) : addUp(run, members); // a unit has one exclusive price
    case 'priority':
      return firstThatGives(run, members);
    case 'best':
      return best(run, node);
    case 'only':
      return only(run, node);
  }
}

export const walkAll = (run: Run, members: readonly Node[]): boolean =>
  members.reduce((gave, member) => walk(run, member) || gave, false);

function offerGives(run: Run, offer: Offer): boolean {
  const verdict = run.choices.once(offer, () => judge(run, offer));
  if ('reason' in verdict) {
    run.fates.set(offer, verdict);
    return false;
  }
  give(run, offer, verdict);
  return true;
}

/** Every member sees the amounts at the group's entry; together they take no more than there is. */
function addUp(run: Run, members: readonly Node[]): boolean {
  const entry = run.amounts;
  const mayDivide = run.mayDivide;
  let running = entry.slice();
  let gave = false;
  run.mayDivide = false;
  for (const member of members) {
    const mark = run.given.length;
    setAmounts(run, entry.slice());
    gave = walk(run, member) || gave;
    for (const given of run.given.slice(mark)) limitTo(run, given, running);
    running = running.slice();
  }
  run.mayDivide = mayDivide;
  setAmounts(run, running);
  return gave;
}

function setAmounts(run: Run, amounts: number[]): void {
  if (run.goods === run.amounts) run.goods = amounts;
  run.amounts = amounts;
}

/** Cuts what was given down to what is left, and takes it from there. */
function limitTo(run: Run, given: Given, running: number[]): void {
  for (const [index, taken] of given.takes.entries()) {
    const kept = Math.min(taken, running[index] ?? 0);
    given.takes[index] = kept;
    running[index] = (running[index] ?? 0) - kept;
    usedOf(run, given.offer.promotionId).amountFen -= taken - kept;
  }
}

function firstThatGives(run: Run, members: readonly Node[]): boolean {
  for (const [nth, member] of members.entries()) {
    if (!walk(run, member)) continue;
    for (const later of members.slice(nth + 1)) passBy(run, later);
    return true;
  }
  return false;
}

/** Tells members that gave way why: they were beaten, or would have given nothing anyway. */
function passBy(run: Run, member: Node, tried = tryOn(run, member)): void {
  for (const [offer, fate] of tried.fork.fates) run.fates.set(offer, fate === 'given' ? { reason: 'beaten' } : fate);
}

interface Tried {
  member: Node;
  fork: Run;
  gave: boolean;
  savedFen: number;
}

function tryOn(run: Run, member: Node): Tried {
  const fork = forkRun(run);
  const before = sum(run.amounts);
  const gave = walk(fork, member);
  return { member, fork, gave, savedFen: before - sum(fork.amounts) };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/**
 * The member that saves this buyer most, or none when a later stage would give more for none. What saves most in the end is found by
 * trying (price-cart.ts); the first choice is what saves most here.
 */
function best(run: Run, { group, members }: GroupNode): boolean {
  const tried = run.choices.once(group, () => members.map((member) => tryOn(run, member)));
  const options = tried.filter((one) => one.gave).toSorted((a, b) => b.savedFen - a.savedFen);
  const chosen = options.length === 0 ? undefined : options[run.choices.choose(options.length + 1)];
  for (const one of tried) if (one !== chosen) passBy(run, one.member, one);
  return chosen !== undefined && walk(run, chosen.member);
}

function only(run: Run, node: GroupNode): boolean {
  const mark = run.given.length;
  const gave = best(run, node);
  if (run.stage === 'freight') return gave;
  for (const given of run.given.slice(mark))
    for (const [index, taken] of given.takes.entries()) if (taken > 0) run.closed[index] = true;
  return gave;
}
