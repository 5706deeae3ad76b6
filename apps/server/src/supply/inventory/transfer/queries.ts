import type { transfers as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { stepsOf } from './transfer.ts';

type Transfer = z.input<typeof contract.Transfer>;
type TransferDetail = z.input<typeof contract.TransferDetail>;
type Moment = 'requestedAt' | 'sentAt' | 'receivedAt' | 'cancelledAt';
type Row = Omit<Transfer, Moment | 'steps'> & Record<Moment, Date | null>;

const columns = (
  today: string,
) => sql`t.id, t.number, t.from_location as "from", t.to_location as "to", t.state, t.expected_on as "expectedOn",
  t.expected_on < ${today}::date and t.state in ('requested', 'sent') as "isLate", t.note, t.cause,
  t.requested_by as "requestedBy", t.requested_at as "requestedAt", t.sent_by as "sentBy", t.sent_at as "sentAt",
  t.received_by as "receivedBy", t.received_at as "receivedAt", t.cancelled_by as "cancelledBy", t.cancelled_at as "cancelledAt",
  t.cancel_reason as "cancelReason", l.*`;
const sums = sql`lateral (
    select sum(requested)::int as requested, sum(sent)::int as sent, sum(received)::int as received, sum(damaged)::int as damaged,
      sum(lost)::int as lost, case when t.state = 'sent' then sum(sent) else 0 end::int as "inTransit",
      case when t.state = 'sent' then sum(sent * unit_cost_fen) else 0 end::bigint as "inTransitFen"
    from inventory.transfer_line where transfer_id = t.id
  ) l`;

/** Transfers, newest first. */
export async function listTransfers(
  ctx: Ctx,
  { state, from, to, only, search, after, limit }: z.output<typeof contract.listTransfers.query>,
): Promise<z.input<typeof contract.listTransfers.reply>> {
  const today = dayOf(ctx.now);
  const [at, id] = (after ?? '\n').split('\n');
  const pattern = search === undefined ? undefined : `%${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
  const rows = await run(
    ctx.tx,
    sql<Row>`select ${columns(today)} from inventory.transfer t, ${sums}
      where (${state === undefined} or t.state = ${state ?? ''}) and (${from === undefined} or t.from_location = ${from ?? ''})
        and (${to === undefined} or t.to_location = ${to ?? ''})
        and (${only !== 'late'} or (t.expected_on < ${today}::date and t.state in ('requested', 'sent')))
        and (${only !== 'short'} or l.lost + l.damaged > 0)
        and (${pattern === undefined} or t.number ilike ${pattern ?? ''}
          or exists (select from inventory.transfer_line x where x.transfer_id = t.id and x.sku ilike ${pattern ?? ''}))
        and (${after === undefined} or (t.requested_at, t.id) < (${at || null}::timestamptz, ${id || null}::uuid))
      order by t.requested_at desc, t.id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map((row) => toTransfer(ctx, row));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.requestedAt}\n${last.id}` : null };
}

export async function getTransfer(ctx: Ctx, id: string): Promise<TransferDetail> {
  const [row] = await run(
    ctx.tx,
    sql<Row>`select ${columns(dayOf(ctx.now))} from inventory.transfer t, ${sums} where t.id = ${id}`,
  );
  if (row === undefined) return refuse('transfer.not_found', { id });
  return { ...toTransfer(ctx, row), lines: await linesOf(ctx.tx, id, row.state === 'sent') };
}

function toTransfer(ctx: Ctx, { requestedAt, sentAt, receivedAt, cancelledAt, ...row }: Row): Transfer {
  return {
    ...row,
    requestedAt: (requestedAt ?? ctx.now).toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    receivedAt: receivedAt?.toISOString() ?? null,
    cancelledAt: cancelledAt?.toISOString() ?? null,
    steps: stepsOf(row, ctx.actor.kind === 'staff' ? ctx.actor.location : undefined),
  };
}

type LineRow = Omit<TransferDetail['lines'][number], 'name' | 'nameEn'>;

async function linesOf(tx: Tx, id: string, isOnTheWay: boolean): Promise<TransferDetail['lines']> {
  const rows = await run(
    tx,
    sql<LineRow>`select l.line_no as "lineNo", l.sku, l.requested, l.sent, l.received, l.damaged, l.lost,
        case when ${isOnTheWay} then l.sent else 0 end as "inTransit", l.reason, l.unit_cost_fen as "unitCostFen", l.serials,
        coalesce((select json_agg(json_build_object('lot', nullif(p.lot, ''), 'expiresOn', p.expires_on, 'quantity', p.quantity)
          order by p.expires_on nulls last, p.lot) from inventory.transfer_part p where p.transfer_id = l.transfer_id and p.line_no = l.line_no), '[]') as lots
      from inventory.transfer_line l where l.transfer_id = ${id} order by l.line_no`,
  );
  const skus = await findSkus(
    tx,
    rows.map(({ sku }) => sku),
  );
  return rows.map((row) => ({ ...row, name: skus.get(row.sku)?.name ?? row.sku, nameEn: skus.get(row.sku)?.nameEn ?? '' }));
}

interface IncomingRow {
  transferId: string;
  number: string;
  lineNo: number;
  sku: string;
  from: string;
  to: string;
  quantity: number;
  expectedOn: string;
  isLate: boolean;
}

/** Units on their way by transfer, each with the day it is expected; earliest first. */
export const incomingUnits = (
  { tx, now }: Pick<Ctx, 'tx' | 'now'>,
  {
    skus,
    location,
    after,
    limit = 10_000,
  }: { skus?: readonly string[]; location?: string | undefined; after?: string | undefined; limit?: number },
): Promise<IncomingRow[]> => {
  const [day, id, line] = (after ?? '\n\n').split('\n');
  return run(
    tx,
    sql<IncomingRow>`select t.id as "transferId", t.number, l.line_no as "lineNo", l.sku, t.from_location as "from", t.to_location as "to",
        l.sent as quantity, t.expected_on as "expectedOn", t.expected_on < ${dayOf(now)}::date as "isLate"
      from inventory.transfer t join inventory.transfer_line l on l.transfer_id = t.id
      where t.state = 'sent' and l.sent > 0 and (${skus === undefined} or l.sku = any(${[...(skus ?? [])]}::text[]))
        and (${location === undefined} or t.to_location = ${location ?? ''})
        and (${after === undefined} or (t.expected_on, t.id, l.line_no) > (${day || null}::date, ${id || null}::uuid, ${line || null}::int))
      order by t.expected_on, t.id, l.line_no limit ${limit}`,
  );
};

export async function listIncoming(
  ctx: Ctx,
  { sku, location, after, limit }: z.output<typeof contract.listIncoming.query>,
): Promise<z.input<typeof contract.listIncoming.reply>> {
  const rows = await incomingUnits(ctx, { ...(sku !== undefined && { skus: [sku] }), location, after, limit: limit + 1 });
  const skus = await findSkus(
    ctx.tx,
    rows.map((row) => row.sku),
  );
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    name: skus.get(row.sku)?.name ?? row.sku,
    nameEn: skus.get(row.sku)?.nameEn ?? '',
  }));
  const last = items.at(-1);
  return {
    items,
    next: rows.length > limit && last !== undefined ? `${last.expectedOn}\n${last.transferId}\n${last.lineNo}` : null,
  };
}
