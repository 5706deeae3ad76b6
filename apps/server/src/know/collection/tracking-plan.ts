import type { collection as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays, dayOf } from '../../platform/time.ts';
import { eventPlanned } from './events.ts';
import { collection } from './tables.ts';

type Planned = z.input<typeof contract.PlannedEvent>;
type Row = Omit<Planned, 'changedAt'> & { changedAt: Date };

/** The tracking plan by name, each event with its violations of the last seven days. */
export async function listPlan(ctx: Ctx): Promise<{ items: Planned[] }> {
  const rows = await run(
    ctx.tx,
    sql<Row>`select p.name, properties, is_enforced as "isEnforced", is_server_only as "isServerOnly", version, changed_by as "changedBy",
        changed_at as "changedAt", coalesce(sum(v.times), 0)::int as violations
      from collection.planned_event p
        left join collection.violation v on v.event = p.name and v.day > ${addDays(dayOf(ctx.now), -7)}::date
      group by p.name order by p.name`,
  );
  return { items: rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() })) };
}

/** Plans an event from now on; what was taken stays as it is. Refuses `plan.changed` when the version is not the one that stands. */
export async function putPlannedEvent(
  ctx: Ctx,
  { name, properties, isEnforced, isServerOnly, version }: { name: string } & z.output<typeof contract.putPlannedEvent.body>,
): Promise<Planned> {
  const rows = await run(
    ctx.tx,
    sql<{ version: number }>`insert into collection.planned_event as p
        (name, properties, is_enforced, is_server_only, version, changed_by, changed_at)
      select ${name}, ${json(properties)}, ${isEnforced}, ${isServerOnly}, 1, ${actorLabel(ctx.actor).name}, ${ctx.now}
      where ${version}::int = 0 or exists (select from collection.planned_event where name = ${name})
      on conflict (name) do update set properties = excluded.properties, is_enforced = excluded.is_enforced,
        is_server_only = excluded.is_server_only, version = p.version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
      where p.version = ${version}::int
      returning version`,
  );
  const [saved] = rows;
  if (saved === undefined) return refuse('plan.changed');

  await emit(ctx, eventPlanned, { name, version: saved.version });
  const changedBy = actorLabel(ctx.actor).name;
  const changedAt = ctx.now.toISOString();
  return { name, properties, isEnforced, isServerOnly, version: saved.version, changedBy, changedAt, violations: 0 };
}

/** How events went against the plan over business days, most frequent first; the last seven days when none are named. */
export async function listViolations(
  ctx: Ctx,
  { from, to, event }: z.output<typeof contract.listViolations.query>,
): Promise<z.input<typeof contract.listViolations.reply>> {
  const today = dayOf(ctx.now);
  let query = collection(ctx.tx)
    .selectFrom('violation')
    .select(['source', 'event', 'property', 'problem'])
    .select([
      sql<number>`sum(times)::int`.as('times'),
      sql<Date>`max(last_at)`.as('lastAt'),
      sql<string>`(array_agg(message_id order by last_at desc))[1]`.as('messageId'),
    ])
    .where('day', '>=', from ?? addDays(today, -6))
    .where('day', '<=', to ?? today);
  if (event !== undefined) query = query.where('event', '=', event);
  const rows = await query
    .groupBy(['source', 'event', 'property', 'problem'])
    .orderBy('times', 'desc')
    .orderBy('event')
    .orderBy('property')
    .orderBy('problem')
    .orderBy('source')
    .limit(500)
    .execute();
  return { items: rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })) };
}

/** Visitors on whom two customers signed in, newest first. */
export async function listIdentityConflicts(
  tx: Tx,
  { after, limit }: z.output<typeof contract.listIdentityConflicts.query>,
): Promise<z.input<typeof contract.listIdentityConflicts.reply>> {
  let query = collection(tx)
    .selectFrom('identity_conflict')
    .select([
      'id', 'visitor_id as visitorId', 'customer_id as customerId', 'other_customer_id as otherCustomerId', 'source', 'times',
      'first_at as firstAt', 'last_at as lastAt',
    ]); // prettier-ignore
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
