import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from './ctx.ts';
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
  readonly react: (ctx: Ctx, payload: never, event: EventFacts) => Promise<void>;
}

export const eventType = <P extends z.ZodType>(name: string, payload: P): EventType<P> => ({ name, payload });

/** What a module does when another announces `event`. Its effects commit exactly once for each event. */
export const on = <P extends z.ZodType>(
  event: EventType<P>,
  name: string,
  react: (ctx: Ctx, payload: z.output<P>, event: EventFacts) => Promise<void>,
): Reaction => ({ event, name, react: react as Reaction['react'] });

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
  if (payloads.length === 0) return;
  const checked = payloads.map((payload) => type.payload.parse(payload));
  await run(
    ctx.tx,
    sql`with written as (
        insert into platform.event (name, payload, actor, at)
        select ${type.name}, payload, ${json(actorLabel(ctx.actor))}, ${ctx.now}
        from jsonb_array_elements(${json(checked)}) with ordinality as given (payload, position) order by position
        returning id
      )
      select graphile_worker.add_job('platform/react', json_build_object('eventId', written.id, 'reaction', reaction.name))
      from written join platform.reaction on reaction.event = ${type.name}`,
  );
}

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

/** Runs one reaction for one event inside the given transaction; a second delivery finds the mark and does nothing. */
export async function reactOnce(ctx: Ctx, reaction: Reaction, eventId: string): Promise<void> {
  const marked = await run(
    ctx.tx,
    sql`insert into platform.reaction_done (event_id, reaction, at) values (${eventId}, ${reaction.name}, ${ctx.now})
      on conflict do nothing returning event_id`,
  );
  if (marked.length === 0) return;
  const [event] = await run(
    ctx.tx,
    sql<{
      id: string;
      name: string;
      payload: unknown;
      at: Date;
    }>`select id, name, payload, at from platform.event where id = ${eventId}`,
  );
  if (event === undefined) return;
  await reaction.react(ctx, reaction.event.payload.parse(event.payload) as never, event);
}
