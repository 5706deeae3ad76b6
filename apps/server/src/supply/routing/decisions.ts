import type { routing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { run, type Tx } from '../../platform/db.ts';
import type { Parcel, Route } from './route.ts';
import { routing } from './tables.ts';

export type Origin = (typeof contract.routeOrigins)[number];
export type RouteDecision = z.input<typeof contract.RouteDecision>;

export interface Decision {
  orderId: string;
  origin: Origin;
  parcels: readonly Parcel[];
  route?: Pick<Route, 'decidedBy' | 'ranking'> | undefined;
  reason?: string | undefined;
}

/** Writes down where orders go out from and why, for ever. `isFirst`: only for orders that have no decision yet. */
export async function keepDecisions(ctx: Ctx, decisions: readonly Decision[], { isFirst = false } = {}): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map(({ orderId, origin, parcels, route, reason }) => ({
    orderId,
    origin,
    decidedBy: route?.decidedBy,
    reason,
    parcels,
    ranking: route?.ranking ?? parcels.slice(0, 1).map(({ location }) => ({ place: 1, locations: [location], scores: [] })),
  }));
  await run(
    ctx.tx,
    sql`insert into routing.decision (order_id, at, origin, decided_by, actor, reason, parcels, ranking)
      select "orderId", ${ctx.now}, origin, "decidedBy", ${actorLabel(ctx.actor).name}, reason, parcels, ranking
      from ${asTable(rows, 'd', { orderId: 'uuid', origin: 'text', decidedBy: 'text', reason: 'text', parcels: 'jsonb', ranking: 'jsonb' })}
      where not ${isFirst}::boolean or not exists (select from routing.decision o where o.order_id = d."orderId")`,
  );
}

/** The decisions about these orders, the newest first. */
export async function routesOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, RouteDecision[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await routing(tx)
    .selectFrom('decision')
    .select(['order_id as orderId', 'at', 'origin', 'decided_by as decidedBy', 'actor', 'reason', 'parcels', 'ranking'])
    .where('order_id', 'in', [...orderIds])
    .orderBy('id', 'desc')
    .execute();
  const wire = rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  return new Map(
    [...Map.groupBy(wire, ({ orderId }) => orderId)].map(([orderId, own]) => [
      orderId,
      own.map(({ orderId: _, ...decision }) => decision),
    ]),
  );
}
