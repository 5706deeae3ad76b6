import { randomUUID } from 'node:crypto';
import { collection as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { getBadEvent } from './bad-events.ts';
import { badEventMended, badEventsDiscarded, badEventsReplayed } from './events.ts';
import { readPlan } from './queries.ts';
import { judgeEvent, type SourceKind } from './sort-out.ts';
import { collection } from './tables.ts';
import { takeBatches } from './take-batches.ts';
import { isBotAgent } from './visitor-kind.ts';

type Whole = z.input<typeof contract.BadEventWhole>;

interface BadRow {
  id: string;
  source: string;
  channel: string;
  kind: SourceKind;
  event: string;
  mended: string | null;
  sentAt: string | null;
  visitorId: string | null;
  receivedAt: Date;
  state: string;
}

/**
 * Puts right what was sent and answers what is still wrong with it; what was sent stays beside it. Refuses `bad_event.not_found`,
 * `bad_event.wrong_state` once it is settled, `bad_event.changed` when somebody else changed it meanwhile, `request.too_large`.
 */
export async function mendBadEvent(
  ctx: Ctx,
  { id, event, version }: { id: string } & z.output<typeof contract.mendBadEvent.body>,
): Promise<Whole> {
  const before = await getBadEvent(ctx.tx, id);
  if (before.state !== 'open') refuse('bad_event.wrong_state', { state: before.state });
  const mended = JSON.stringify(event);
  if (Buffer.byteLength(mended) > 2 * contract.wireLimits.eventBytesMax)
    refuse('request.too_large', { bytesMax: 2 * contract.wireLimits.eventBytesMax });
  const [row] = await lockBadEvents(ctx, [id]);
  if (row === undefined) return refuse('bad_event.not_found', { id });
  const judged = judge({ ...row, mended }, await readPlan(ctx.tx));

  const reasons = 'reasons' in judged ? [...judged.reasons] : [];
  const changed = await collection(ctx.tx)
    .updateTable('bad_event')
    .set({ mended, reasons, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) refuse('bad_event.changed');

  await emit(ctx, badEventMended, { id });
  return getBadEvent(ctx.tx, id);
}

type Outcome = z.input<typeof contract.replayBadEvents.reply>['items'][number];

/**
 * Takes bad events in that are good now, each exactly once however often and from wherever it is asked for: settled in the transaction
 * that keeps them, and known by their messageId like any other. What is still bad stays open, with its reasons.
 */
export async function replayBadEvents(ctx: Ctx, { ids }: { ids: readonly string[] }): Promise<{ items: Outcome[] }> {
  const rows = await lockBadEvents(ctx, ids);
  const plan = await readPlan(ctx.tx);
  const judged = rows.map((row) => ({ row, ...(row.state === 'open' ? judge(row, plan) : { reasons: [] }) }));
  const good = judged.flatMap((one) => ('event' in one ? [one] : []));
  // all with one question, so that two of one messageId are seen to be two
  const duplicates = await takeBatches(
    ctx,
    good.map(({ row: { source, channel, kind, receivedAt }, event }) => ({
      source, channel, kind, receivedAt: ctx.now, sentAt: undefined, visitorId: undefined, bad: [], breaks: [],
      events: [{ ...event, receivedAt: receivedAt.toISOString() }],
    })), // prettier-ignore
  );
  const isDuplicate = new Map(good.map(({ row }, index) => [row.id, duplicates[index] === 1]));
  const outcomes = judged.map(({ row: { id, state }, ...verdict }): Outcome => {
    if (state !== 'open') return { id, outcome: 'settled', reasons: [] };
    if ('reasons' in verdict) return { id, outcome: 'still_bad', reasons: [...verdict.reasons] };
    return { id, outcome: isDuplicate.get(id) === true ? 'duplicate' : 'replayed', reasons: [] };
  });

  const settled = outcomes.flatMap(({ id, outcome }) => (outcome === 'replayed' || outcome === 'duplicate' ? [id] : []));
  if (settled.length > 0) {
    await settle(ctx, settled, 'replayed', null);
    await emit(ctx, badEventsReplayed, { ids: settled });
  }
  return { items: outcomes };
}

/** Gives open bad events up, with a reason; they stay readable. */
export async function discardBadEvents(
  ctx: Ctx,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<{ discarded: number }> {
  const open = (await lockBadEvents(ctx, ids)).filter(({ state }) => state === 'open').map(({ id }) => id);
  if (open.length === 0) return { discarded: 0 };
  await settle(ctx, open, 'discarded', reason);
  await emit(ctx, badEventsDiscarded, { ids: open, reason });
  return { discarded: open.length };
}

/** In one order, so that two who replay the same ones wait for each other. */
const lockBadEvents = (ctx: Ctx, ids: readonly string[]): Promise<BadRow[]> =>
  collection(ctx.tx)
    .selectFrom('bad_event')
    .select([
      'id',
      'source',
      'channel',
      'source_kind as kind',
      'event',
      'mended',
      'sent_at as sentAt',
      'visitor_id as visitorId',
      'received_at as receivedAt',
      'state',
    ]) // prettier-ignore
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .forUpdate()
    .execute();

/** As if it came again with the request that brought it, by its times and its visitor. */
function judge(row: BadRow, plan: Awaited<ReturnType<typeof readPlan>>) {
  const arrival = {
    receivedAt: row.receivedAt,
    sentAt: row.sentAt ?? undefined,
    visitorId: row.visitorId ?? undefined,
    customerId: row.visitorId === null ? undefined : null,
    isBot: isBotAgent,
    newId: randomUUID,
  };
  return judgeEvent(JSON.parse(row.mended ?? row.event), arrival, { source: row.source, kind: row.kind, plan });
}

async function settle(ctx: Ctx, ids: readonly string[], state: 'replayed' | 'discarded', note: string | null): Promise<void> {
  await collection(ctx.tx)
    .updateTable('bad_event')
    .set({ state, note, settled_at: ctx.now, settled_by: actorLabel(ctx.actor).name })
    .where('id', 'in', [...ids])
    .execute();
}
