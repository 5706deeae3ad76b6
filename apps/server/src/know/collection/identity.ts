import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import type { KeptEvent } from './wire.ts';

interface Claim {
  visitorId: string;
  customerId: string;
  source: string;
}

/**
 * Joins anonymous visitors to the customers they turned out to be, and marks the event that did it. The first customer keeps a visitor;
 * another one on the same visitor, or a customer given as somebody's earlier name, is a conflict that is logged: two never become one.
 */
export async function joinVisitors(
  ctx: Ctx,
  batches: readonly { source: string; events: readonly KeptEvent[] }[],
): Promise<void> {
  const claims = new Map<string, Claim & { event: KeptEvent }>();
  for (const { source, events } of batches) {
    for (const event of events) {
      const visitorId = event.type === 'alias' ? event.previousId : event.visitorId;
      const { customerId } = event;
      if (visitorId === undefined || customerId === undefined || visitorId === customerId) continue;
      const key = `${visitorId}\n${customerId}`;
      if (!claims.has(key)) claims.set(key, { visitorId, customerId, source, event });
    }
  }
  if (claims.size === 0) return;

  const joined = await claimVisitors(
    ctx,
    [...claims.values()].map(({ event: _, ...claim }) => claim),
  );
  for (const [key, { event }] of claims) if (joined.has(key)) event.isJoining = true;
}

async function claimVisitors(ctx: Ctx, claims: readonly Claim[]): Promise<Set<string>> {
  const sorted = claims.toSorted((a, b) => (a.visitorId === b.visitorId ? 0 : a.visitorId < b.visitorId ? -1 : 1));
  const joined = await run(
    ctx.tx,
    sql<{ visitorId: string; customerId: string }>`insert into collection.visitor (visitor_id, customer_id, source, joined_at)
      select "visitorId", "customerId", source, ${ctx.now} from jsonb_to_recordset(${json(sorted)}) as c ("visitorId" text, "customerId" text, source text)
      where not exists (select from collection.visitor v where v.customer_id = c."visitorId")
      on conflict do nothing returning visitor_id as "visitorId", customer_id as "customerId"`,
  );
  await run(
    ctx.tx,
    sql`insert into collection.identity_conflict (visitor_id, customer_id, other_customer_id, source, first_at, last_at)
      select distinct on (c."visitorId", c."customerId") c."visitorId", coalesce(v.customer_id, c."visitorId"), c."customerId", c.source, ${ctx.now}, ${ctx.now}
      from jsonb_to_recordset(${json(sorted)}) as c ("visitorId" text, "customerId" text, source text)
        left join collection.visitor v on v.visitor_id = c."visitorId"
      where v.customer_id <> c."customerId"
        or (v.visitor_id is null and exists (select from collection.visitor o where o.customer_id = c."visitorId"))
      order by c."visitorId", c."customerId"
      on conflict (visitor_id, other_customer_id) do update set times = identity_conflict.times + 1, last_at = excluded.last_at
      where excluded.last_at >= identity_conflict.last_at + interval '1 minute'`,
  );
  return new Set(joined.map(({ visitorId, customerId }) => `${visitorId}\n${customerId}`));
}
