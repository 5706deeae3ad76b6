import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { FulfilmentKind, FulfilmentState, PartLine, Recipient } from './fulfilment.ts';
import { movesFrom } from './fulfilment.ts';
import { warehouse } from './tables.ts';

export interface LockedLine extends PartLine {
  fulfilmentId: string;
  orderNumber: string;
  picked: number;
  packed: number;
}

export interface LockedFulfilment {
  id: string;
  number: string;
  location: string;
  kind: FulfilmentKind;
  state: FulfilmentState;
  channel: string;
  storage: 'ambient' | 'chilled' | 'frozen';
  recipient: Recipient;
  carrier: string | null;
  service: string | null;
  trackingNumber: string | null;
  promisedOn: string | null;
  keepUntil: string | null;
  dispatchBy: Date | null;
  leftAt: Date | null;
  version: number;
  /** Lines that still have units. */
  lines: LockedLine[];
}

/** Locks fulfilments in the one order: everything that happens to one of them happens one after another. Unknown ones are absent. */
export async function lockFulfilments(ctx: Ctx, ids: readonly string[]): Promise<Map<string, LockedFulfilment>> {
  if (ids.length === 0) return new Map();
  const rows = await warehouse(ctx.tx)
    .selectFrom('fulfilment')
    .select([
      'id',
      'number',
      'location',
      'kind',
      'state',
      'channel',
      'storage',
      'recipient',
      'carrier',
      'service',
      'tracking_number as trackingNumber',
      'promised_on as promisedOn',
      'keep_until as keepUntil',
      'dispatch_by as dispatchBy',
      'left_at as leftAt',
      'version',
    ]) // prettier-ignore
    .where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const lines = Map.groupBy(await linesOf(ctx, ids), (line) => line.fulfilmentId);
  return new Map(rows.map((row) => [row.id, { ...row, lines: lines.get(row.id) ?? [] }]));
}

/** Read after the lock, so that they hold still. */
const linesOf = (ctx: Ctx, ids: readonly string[]) =>
  run(
    ctx.tx,
    sql<LockedLine>`select fulfilment_id as "fulfilmentId", order_id as "orderId", order_number as "orderNumber", line_no as "lineNo", sku,
        per_sold as "perSold", quantity, picked, packed
      from warehouse.fulfilment_line where fulfilment_id = any(${[...new Set(ids)]}::uuid[]) and quantity > 0
      order by fulfilment_id, order_id, line_no, sku`,
  );

/**
 * Locks one fulfilment for a person. A clerk reaches the own store's only. Refuses `fulfilment.not_found`, and `fulfilment.wrong_state`
 * when the screen showed an older version.
 */
export async function lockOne(
  ctx: Ctx,
  { fulfilmentId, version }: { fulfilmentId: string; version?: number | undefined },
): Promise<LockedFulfilment> {
  const found = (await lockFulfilments(ctx, [fulfilmentId])).get(fulfilmentId);
  if (found === undefined || !mayReach(ctx, found.location)) return refuse('fulfilment.not_found', { fulfilmentId });
  if (version !== undefined && version !== found.version)
    refuse('fulfilment.wrong_state', { state: found.state, moves: [...movesFrom(found.state)], isStale: true });
  return found;
}

export const mayReach = ({ actor }: Ctx, location: string): boolean =>
  actor.kind !== 'staff' || actor.location === undefined || actor.location === location;

export interface Note {
  fulfilmentId: string;
  state: FulfilmentState;
  what: string;
  details?: Record<string, unknown> | undefined;
}

/** Writes what happened to fulfilments, with who and when. */
export async function note(ctx: Ctx, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = notes.map(({ details = {}, ...one }) => ({ ...one, details }));
  await run(
    ctx.tx,
    sql`insert into warehouse.history (fulfilment_id, state, what, details, actor, at)
      select "fulfilmentId", state, what, details, ${actorLabel(ctx.actor).name}, ${ctx.now}
      from ${asTable(rows, 'n', { fulfilmentId: 'uuid', state: 'text', what: 'text', details: 'jsonb' })}`,
  );
}
