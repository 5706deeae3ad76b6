import { sql } from 'kysely';
import type * as z from 'zod';
import { type Actor, actorLabel, type Ctx } from './ctx.ts';
import { asTable } from './arrays.ts';
import { json, run, type Tx } from './db.ts';

/** A fact that a module announces. The payload holds ids and figures that cannot change later, never a whole entity. */
export interface EventType<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
}

export interface EventFacts {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
}

export interface Reaction {
  readonly event: EventType;
  readonly name: string;
  /** Gets events that wait together, oldest first; effects and marks commit together. */
  readonly react: (ctx: Ctx, told: readonly ToldEvent<never>[]) => Promise<void>;
  /** Events of several jobs go into one transaction; else each job has its own. */
  readonly isMany: boolean;
  /** See `inTx`. */
  readonly byKey: boolean;
  /** Under load it waits so long for more events; undefined: as the worker says. What nobody waits for takes more at once. */
  readonly waitMs: number | undefined;
}

export interface ToldEvent<Payload> {
  readonly payload: Payload;
  readonly event: EventFacts;
}

export const eventType = <P extends z.ZodType>(name: string, payload: P): EventType<P> => ({ name, payload });

/** What a module does when another announces `event`. Its effects commit exactly once for each event. */
export const on = <P extends z.ZodType>(
  event: EventType<P>,
  name: string,
  react: (ctx: Ctx, payload: z.output<P>, event: EventFacts) => Promise<void>,
): Reaction => ({
  ...onMany(event, name, async (ctx, told) => {
    for (const one of told) await react(ctx, one.payload, one.event);
  }),
  isMany: false,
});

/** Like `on`, for reactions that decide many events with a few statements: under load they come by the dozen. */
export const onMany = <P extends z.ZodType>(
  event: EventType<P>,
  name: string,
  react: (ctx: Ctx, told: readonly ToldEvent<z.output<P>>[]) => Promise<void>,
  { byKey = false, waitMs }: { byKey?: boolean; waitMs?: number } = {},
): Reaction => ({ event, name, react: react as Reaction['react'], isMany: true, byKey, waitMs });

/** Writes the event and queues its reactions in the caller's transaction: both happen, or neither. */
export async function emit<P extends z.ZodType>(ctx: Ctx, type: EventType<P>, payload: z.input<P>): Promise<void> {
  await emitMany(ctx, type, [payload]);
}

/** Like emit, for many events of one type, with one statement. */
export async function emitMany<P extends z.ZodType>(
  ctx: Ctx,
  type: EventType<P>,
  payloads: readonly z.input<P>[],
): Promise<void> {
  await emitFor(
    ctx,
    type,
    payloads.map((payload) => ({ payload, actor: ctx.actor })),
  );
}

/** Like emitMany, each event in the name of its own actor: requests that were decided together. */
export async function emitFor<P extends z.ZodType>(
  ctx: Ctx,
  type: EventType<P>,
  told: readonly { payload: z.input<P>; actor: Actor }[],
): Promise<void> {
  if (told.length === 0) return;
  const checked = told.map(({ payload, actor }) => ({ payload: type.payload.parse(payload), actor: actorLabel(actor) }));
  await run(
    ctx.tx,
    sql`with written as (
        insert into platform.event (name, payload, actor, at)
        select ${type.name}, payload, actor, ${ctx.now} from ${asTable(checked, 'told', { payload: 'jsonb', actor: 'jsonb' })}
        returning id, seq
      ), bundle as (
        select json_agg(id order by seq) as ids from (select id, seq, (row_number() over (order by seq) - 1) / ${reactedTogether} as number from written) numbered
        group by number
      )
      select graphile_worker.add_job('platform/react', json_build_object('eventIds', bundle.ids, 'reaction', reaction.name))
      from platform.reaction, bundle where reaction.event = ${type.name}`,
  );
}

/** Events of one statement that one job brings to a reaction, at most. */
const reactedTogether = 100;

/** Tells the database which reactions exist, so that emit queues exactly those. Called once when a process starts. */
export async function registerReactions(tx: Tx, reactions: readonly Reaction[]): Promise<void> {
  const rows = reactions.map((reaction) => ({ name: reaction.name, event: reaction.event.name }));
  await run(tx, sql`lock table platform.reaction in share row exclusive mode`);
  await run(
    tx,
    sql`delete from platform.reaction where name not in (select name from jsonb_to_recordset(${json(rows)}) as r (name text))`,
  );
  await run(
    tx,
    sql`insert into platform.reaction (name, event) select name, event from jsonb_to_recordset(${json(rows)}) as r (name text, event text)
      on conflict (name) do update set event = excluded.event where reaction.event <> excluded.event`,
  );
}

/** Runs one reaction for events inside the given transaction; those it has seen before are passed over. */
export async function reactOnce(ctx: Ctx, reaction: Reaction, eventIds: readonly string[]): Promise<void> {
  const events = await run(
    ctx.tx,
    sql<{ id: string; name: string; payload: unknown; at: Date }>`with marked as (
        insert into platform.reaction_done (event_id, reaction, at)
        select id, ${reaction.name}, ${ctx.now} from unnest(${[...eventIds].toSorted()}::uuid[]) as id
        on conflict do nothing returning event_id
      )
      select id, name, payload, at from platform.event where id in (select event_id from marked) order by seq`,
  );
  if (events.length === 0) return;
  const told = events.map((event) => ({ payload: reaction.event.payload.parse(event.payload) as never, event }));
  await reaction.react(ctx, told);
}
