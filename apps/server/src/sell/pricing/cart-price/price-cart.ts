// The one price of a cart. Cart page, checkout, till, staff-made order, API, preview and import all call it.
import type { PriceBreakdown } from '@tongshang/contract';
import { portionOf } from '../../../platform/money.ts';
import { gatherCells } from './cells.ts';
import { explain } from './explain.ts';
import { plan } from './groups.ts';
import type { PriceRequest } from './request.ts';
import type { Choices, GiftGiven } from './run.ts';
import { type Outcome, runStages } from './stages.ts';

/** Ways of choosing among groups that are tried; past it the best so far counts. Ten rivals and a few groups need far fewer. */
const triesMax = 200;

/**
 * What a cart costs, line by line, and why. The same request gives the same answer to the fen, whatever the order of its lines and
 * offers; merging or splitting lines of one SKU changes no total. Nothing is negative: total = goods − discount + freight, and every sum
 * is the sum of its lines. No offer takes more than its budget and limits leave. Groups of mode best and only take what makes the whole
 * order cheapest, later stages included and points counted as money. Refuses `price.missing` for a line whose goods have no list or channel price.
 */
export function priceCart(request: PriceRequest): PriceBreakdown {
  const cells = gatherCells(request);
  const nodesOf = plan(request);
  const stages = {
    exclusive: nodesOf('exclusive'), line: nodesOf('line'), threshold: nodesOf('threshold'), coupon: nodesOf('coupon'), freight: nodesOf('freight'),
  }; // prettier-ignore
  return explain(
    request,
    cells,
    findBest((choices) => runStages(request, cells, stages, choices)),
  );
}

/** Tries every way of choosing, the greedy one first: each try takes the next branch at the last fork that has one left. */
function findBest(attempt: (choices: Choices) => Outcome): Outcome {
  const known = new Map<object, Map<string, unknown>>();
  let best: Outcome | undefined;
  let path: number[] = [];
  for (let tries = 1; ; tries += 1) {
    const forks: { taken: number; options: number }[] = [];
    let way = '';
    const outcome = attempt({
      choose: (options) => {
        const taken = path[forks.length] ?? 0;
        forks.push({ taken, options });
        way += ` ${taken}`;
        return taken;
      },
      once: (about, findOut) => {
        let ways = known.get(about);
        if (ways === undefined) known.set(about, (ways = new Map()));
        return remembered(ways, way, findOut);
      },
    });
    if (best === undefined || isBetter(outcome, best)) best = outcome;
    const turn = forks.findLastIndex((fork) => fork.taken + 1 < fork.options);
    if (turn === -1 || tries >= triesMax) return best;
    path = [...forks.slice(0, turn).map((fork) => fork.taken), (forks[turn]?.taken ?? 0) + 1];
  }
}

function remembered<T>(known: Map<string, unknown>, way: string, findOut: () => T): T {
  if (known.has(way)) return known.get(way) as T; // what is kept about one thing always comes from the same question
  const found = findOut();
  known.set(way, found);
  return found;
}

/** Cheaper, points counted as the money they are worth; then with fewer points; then with more given away. */
function isBetter(a: Outcome, b: Outcome): boolean {
  const [costA, costB] = [costOf(a), costOf(b)];
  if (costA !== costB) return costA < costB;
  if (a.run.pointsSpent !== b.run.pointsSpent) return a.run.pointsSpent < b.run.pointsSpent;
  return worthOf(a.run.gifts) > worthOf(b.run.gifts);
}

function costOf({ totalFen, run }: Outcome): number {
  const { points, fen } = run.request.pointWorth;
  return totalFen + portionOf(run.pointsSpent, fen, points);
}

const worthOf = (gifts: readonly GiftGiven[]): number => gifts.reduce((sum, gift) => sum + gift.quantity * gift.unitFen, 0);
