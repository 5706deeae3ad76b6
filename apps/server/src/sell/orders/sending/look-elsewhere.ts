import type { Ctx } from '../../../platform/ctx.ts';
import { promisesOf } from '../../../supply/inventory/index.ts';
import { keepDecisions, type OrderToRoute, routeOrders } from '../../../supply/routing/index.ts';
import type { Candidate } from '../candidate.ts';

/** Levels may change between the look and the lock; so often it is tried again. */
const looksMax = 3;

/**
 * Seeks other places for orders that their first location cannot cover, so that none fails for stock that exists elsewhere. Answers those
 * for which routing found a way; they carry it, and are to be promised anew.
 */
export async function lookElsewhere<C extends Candidate>(ctx: Ctx, short: readonly C[]): Promise<Set<C>> {
  const open = short.filter(({ looks = 0 }) => looks < looksMax);
  if (open.length === 0) return new Set();
  const holds = await promisesOf(
    ctx.tx,
    open.flatMap(({ input }) => input.insteadOf ?? []),
  );
  const routes = await routeOrders(ctx, { orders: open.map((candidate) => toRoute(candidate, holds)) });
  const found = new Set<C>();
  for (const [index, candidate] of open.entries()) {
    const way = routes[index];
    candidate.looks = (candidate.looks ?? 0) + 1;
    candidate.places = way;
    if (way !== undefined) found.add(candidate);
  }
  return found;
}

function toRoute({ input, lines, kits, priced }: Candidate, holds: Awaited<ReturnType<typeof promisesOf>>): OrderToRoute {
  return {
    region: input.recipient?.region ?? '',
    channel: input.channel,
    keeps: holds.filter(({ orderId }) => orderId === input.insteadOf),
    lines: lines.map(({ lineNo, sku, quantity, amountFen }) => {
      const facts = priced.facts.get(sku);
      const parts = kits.get(sku)?.map((part) => ({ sku: part.sku, quantity: part.quantity })) ?? [{ sku, quantity: 1 }];
      const [storage, grams] = [facts?.storage ?? ('ambient' as const), facts?.weightGrams ?? 0];
      return { lineNo, sku, quantity, amountFen, storage, grams, parts };
    }),
  };
}

/** Writes down where orders go out from that were sent elsewhere; those of the first location are written when they are released. */
export async function keepPlaces(ctx: Ctx, placed: readonly Candidate[]): Promise<void> {
  await keepDecisions(
    ctx,
    placed.flatMap(({ orderId, places }) =>
      places === undefined ? [] : [{ orderId, origin: 'rules' as const, parcels: places.parcels, route: places }],
    ),
  );
}
