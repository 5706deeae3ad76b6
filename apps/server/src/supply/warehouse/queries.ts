import type { warehouse as contract } from '@tongshang/contract';
import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { type ParcelTracking, trackingOf } from '../delivery/index.ts';
import {
  byBin,
  type FulfilmentKind,
  type FulfilmentState,
  maskedName,
  maskedPhone,
  movesFrom,
  type Recipient,
} from './fulfilment.ts';
import { mayReach } from './lock-fulfilments.ts';
import { openLots, partKey } from './scan-into-parcel.ts';
import { warehouse } from './tables.ts';

type Reply<E extends { reply: z.ZodType }> = z.input<E['reply']>;
type Query<E extends { query: z.ZodType }> = z.output<E['query']>;
type Summary = z.input<typeof contract.FulfilmentSummary>;
type Filters = Query<typeof contract.countFulfilments>;

/** Still here after it should have left, or not there on the promised day. */
const isLate = (
  ctx: Ctx,
) => sql<boolean>`(case when f.state in ('open', 'picking', 'picked') then coalesce(f.dispatch_by < ${ctx.now}, false)
  when f.state = 'packed' and f.kind = 'delivery' then coalesce(f.dispatch_by < ${ctx.now}, false)
  when f.state = 'handed_over' then coalesce(f.promised_on < ${dayOf(ctx.now)}::date, false) else false end)`;

function filtered(ctx: Ctx, { location, kind, late, carrier, text }: Filters): RawBuilder<unknown>[] {
  const { actor } = ctx;
  return [
    sql`true`,
    ...(actor.kind === 'staff' && actor.location !== undefined ? [sql`f.location = ${actor.location}`] : []),
    ...(location === undefined ? [] : [sql`f.location = ${location}`]),
    ...(kind === undefined ? [] : [sql`f.kind = ${kind}`]),
    ...(carrier === undefined ? [] : [sql`f.carrier = ${carrier}`]),
    ...(late === undefined ? [] : [isLate(ctx)]),
    ...(text === undefined
      ? []
      : [
          sql`(f.number = ${text.toUpperCase()} or f.tracking_number = ${text} or exists (
            select from warehouse.fulfilment_line t where t.fulfilment_id = f.id and t.order_number = ${text.toUpperCase()}))`,
        ]),
  ];
}

interface Row extends Omit<Summary, 'recipientName' | 'region' | 'dispatchBy' | 'createdAt' | 'changedAt'> {
  recipient: Recipient;
  dispatchBy: Date | null;
  createdAt: Date;
  changedAt: Date;
  cursor: string;
  grams: number;
  keepUntil: string | null;
  rejectReason: 'not_found' | 'damaged' | 'no_staff' | null;
  parcelId: string | null;
  version: number;
}

const rows = (ctx: Ctx, where: RawBuilder<unknown>[], tail: RawBuilder<unknown>) =>
  run(
    ctx.tx,
    sql<Row>`select f.id, f.number, f.location, f.kind, f.state, f.channel, f.storage, f.recipient, f.carrier, f.service, f.grams,
        f.tracking_number as "trackingNumber", f.dispatch_by as "dispatchBy", f.promised_on as "promisedOn", f.pick_list_id as "pickListId",
        f.created_at as "createdAt", f.changed_at as "changedAt", f.keep_until as "keepUntil", f.reject_reason as "rejectReason",
        f.parcel_id as "parcelId", f.version, ${isLate(ctx)} as "isLate", coalesce(l.units, 0)::int as units, coalesce(l.orders, '[]') as orders,
        coalesce(f.dispatch_by::text, 'infinity') || chr(10) || f.id as cursor
      from warehouse.fulfilment f left join lateral (
        select sum(quantity) as units, json_agg(distinct jsonb_build_object('orderId', order_id, 'number', order_number)) as orders
        from warehouse.fulfilment_line where fulfilment_id = f.id and (quantity > 0 or f.state in ('cancelled', 'rejected'))
      ) l on true where ${sql.join(where, sql` and `)} ${tail}`,
  );

const shown = ({ recipient, dispatchBy, createdAt, changedAt, ...row }: Row): Summary => ({
  ...row,
  recipientName: maskedName(recipient.name),
  region: recipient.region,
  dispatchBy: dispatchBy?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  changedAt: changedAt.toISOString(),
});

/** What locations have to send, by when it has to leave; a clerk sees the own store's. Names are masked. */
export async function listFulfilments(
  ctx: Ctx,
  { state, after, limit, ...filters }: Query<typeof contract.listFulfilments>,
): Promise<Reply<typeof contract.listFulfilments>> {
  const where = filtered(ctx, filters);
  if (state !== undefined) where.push(sql`f.state = any(${[state].flat()}::text[])`);
  const [at, id] = after?.split('\n') ?? [];
  if (at !== undefined && id !== undefined)
    where.push(sql`(coalesce(f.dispatch_by, 'infinity'), f.id) > (${at}::timestamptz, ${id}::uuid)`);
  const found = await rows(ctx, where, sql`order by coalesce(f.dispatch_by, 'infinity'), f.id limit ${limit + 1}`);
  const items = found.slice(0, limit);
  return { items: items.map(shown), next: found.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}

/** How many of the filtered stand in each state, and how many are late. */
export async function countFulfilments(ctx: Ctx, filters: Filters): Promise<Reply<typeof contract.countFulfilments>> {
  const found = await run(
    ctx.tx,
    sql<{ state: FulfilmentState; count: number; late: number }>`select f.state, count(*)::int as count,
        (count(*) filter (where ${isLate(ctx)}))::int as late
      from warehouse.fulfilment f where ${sql.join(filtered(ctx, filters), sql` and `)} group by f.state`,
  );
  const counts = new Map(found.map(({ state, count }) => [state, count]));
  const of = (state: FulfilmentState) => counts.get(state) ?? 0;
  return {
    states: {
      open: of('open'), picking: of('picking'), picked: of('picked'), packed: of('packed'), handed_over: of('handed_over'),
      delivered: of('delivered'), collected: of('collected'), rejected: of('rejected'), cancelled: of('cancelled'), lapsed: of('lapsed'),
    }, // prettier-ignore
    late: found.reduce((sum, row) => sum + row.late, 0),
  };
}

interface LineRow {
  orderId: string;
  orderNumber: string;
  lineNo: number;
  sku: string;
  bin: string | null;
  quantity: number;
  picked: number;
  packed: number;
}

/** One fulfilment with its lines by bin, its parcel and what happened to it. Refuses `fulfilment.not_found`. */
export async function getFulfilment(ctx: Ctx, fulfilmentId: string): Promise<Reply<typeof contract.getFulfilment>> {
  const [row] = await rows(ctx, [sql`f.id = ${fulfilmentId}`], sql``);
  if (row === undefined || !mayReach(ctx, row.location)) return refuse('fulfilment.not_found', { fulfilmentId });
  const { name, phone, region, address } = row.recipient;
  const tracking = row.parcelId === null ? undefined : (await trackingOf(ctx.tx, [row.parcelId])).get(row.parcelId);
  return {
    ...shown(row),
    recipient: { name: maskedName(name), phone: maskedPhone(phone), region, address },
    grams: row.grams,
    keepUntil: row.keepUntil,
    rejectReason: row.rejectReason,
    lines: await linesOf(ctx, row),
    parcel: tracking === undefined ? null : parcelOf(tracking),
    history: await historyOf(ctx.tx, fulfilmentId),
    moves: [...movesFrom(row.state)],
    version: row.version,
  };
}

const parcelOf = ({ parcelId, state, trackingNumber, events }: ParcelTracking) => ({ parcelId, state, trackingNumber, events });

async function linesOf(ctx: Ctx, { id, location }: Pick<Row, 'id' | 'location'>) {
  const lines = await run(
    ctx.tx,
    sql<LineRow>`select l.order_id as "orderId", l.order_number as "orderNumber", l.line_no as "lineNo", l.sku, b.bin, l.quantity, l.picked, l.packed
      from warehouse.fulfilment_line l left join warehouse.bin b on b.sku = l.sku and b.location = ${location}
      where l.fulfilment_id = ${id} order by l.order_number, l.line_no, l.sku`,
  );
  const facts = await findSkus(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  const lots = await openLots(ctx, { fulfilmentId: id, location, lines });
  return lines.toSorted(byBin).map((line) => ({
    ...line,
    name: facts.get(line.sku)?.name ?? line.sku,
    nameEn: facts.get(line.sku)?.nameEn ?? '',
    isLotTracked: facts.get(line.sku)?.isLotTracked ?? false,
    isSerialised: facts.get(line.sku)?.isSerialised ?? false,
    lots: (lots.get(partKey(line)) ?? []).flatMap(({ lot, quantity }) => (quantity > 0 ? lot : [])),
  }));
}

async function historyOf(tx: Tx, fulfilmentId: string) {
  const found = await warehouse(tx)
    .selectFrom('history')
    .select(['state', 'what', 'at', 'actor'])
    .where('fulfilment_id', '=', fulfilmentId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return found.map((entry) => ({ ...entry, at: entry.at.toISOString() }));
}

export interface FulfilmentFacts {
  fulfilmentId: string;
  orderId: string;
  number: string;
  location: string;
  kind: FulfilmentKind;
  state: FulfilmentState;
  storage: 'ambient' | 'chilled' | 'frozen';
  carrier: string | null;
  service: string | null;
  trackingNumber: string | null;
  parcelId: string | null;
  promisedOn: string | null;
  keepUntil: string | null;
  /** For its buyer's eyes only: it hands the goods out. */
  pickupCode: string | null;
  createdAt: Date;
  packedAt: Date | null;
  leftAt: Date | null;
  /** Other orders travel in the same parcel. */
  isMerged: boolean;
  /** This order's units as they were sold; of one that was called off or rejected none are left. */
  lines: { lineNo: number; sku: string; quantity: number }[];
}

/** The orders that each of these fulfilments serves. */
export async function ordersIn(tx: Tx, fulfilmentIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await run(
    tx,
    sql<{ fulfilmentId: string; orderId: string }>`select distinct fulfilment_id as "fulfilmentId", order_id as "orderId"
      from warehouse.fulfilment_line where fulfilment_id = any(${[...fulfilmentIds]}::uuid[]) and quantity > 0 order by 1, 2`,
  );
  const groups = Map.groupBy(rows, ({ fulfilmentId }) => fulfilmentId);
  return new Map([...groups].map(([id, own]) => [id, own.map(({ orderId }) => orderId)]));
}

/** What locations send of these orders, or hand out, in the order in which it was opened; one that was merged comes once an order. */
export const fulfilmentsOf = (tx: Tx, orderIds: readonly string[]): Promise<FulfilmentFacts[]> =>
  run(
    tx,
    sql<FulfilmentFacts>`select f.id as "fulfilmentId", l.order_id as "orderId", f.number, f.location, f.kind, f.state, f.storage, f.carrier, f.service,
        f.tracking_number as "trackingNumber", f.parcel_id as "parcelId", f.promised_on as "promisedOn", f.keep_until as "keepUntil",
        f.pickup_code as "pickupCode", f.created_at as "createdAt", f.packed_at as "packedAt", f.left_at as "leftAt",
        exists (select from warehouse.fulfilment_line o where o.fulfilment_id = f.id and o.order_id <> l.order_id and o.quantity > 0) as "isMerged", l.lines
      from (
        select fulfilment_id, order_id, coalesce(json_agg(json_build_object('lineNo', line_no, 'sku', sold_sku, 'quantity', units) order by line_no)
            filter (where units > 0), '[]') as lines
        from (
          select fulfilment_id, order_id, line_no, max(coalesce(nullif(sold_sku, ''), sku)) as sold_sku,
            max(ceil(quantity::numeric / per_sold))::int as units
          from warehouse.fulfilment_line where order_id = any(${[...orderIds]}::uuid[]) group by 1, 2, 3
        ) sold group by fulfilment_id, order_id
      ) l join warehouse.fulfilment f on f.id = l.fulfilment_id order by f.created_at, f.id, l.order_id`,
  );
