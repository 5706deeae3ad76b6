import type { warehouse as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { barcodesOf, findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { listLocations, setAsideFor } from '../inventory/index.ts';
import { byBin, type FulfilmentState } from './fulfilment.ts';
import { mayReach } from './lock-fulfilments.ts';
import { warehouse } from './tables.ts';

type Reply<E extends { reply: z.ZodType }> = z.input<E['reply']>;
type Query<E extends { query: z.ZodType }> = z.output<E['query']>;

const ownLocation = ({ actor }: Ctx): string | undefined => (actor.kind === 'staff' ? actor.location : undefined);

/** Pick lists, newest first; a clerk sees the own store's. */
export async function listPickLists(
  ctx: Ctx,
  { location, state, after, limit }: Query<typeof contract.listPickLists>,
): Promise<Reply<typeof contract.listPickLists>> {
  const own = ownLocation(ctx);
  const [at, id] = after?.split('\n') ?? [];
  const where = [
    sql`true`,
    ...(own === undefined ? [] : [sql`p.location = ${own}`]),
    ...(location === undefined ? [] : [sql`p.location = ${location}`]),
    ...(state === undefined ? [] : [sql`p.state = ${state}`]),
    ...(at === undefined || id === undefined ? [] : [sql`(p.started_at, p.id) < (${at}::timestamptz, ${id}::uuid)`]),
  ];
  const rows = await run(
    ctx.tx,
    sql<
      Reply<typeof contract.listPickLists>['items'][number] & { cursor: string }
    >`select p.id, p.number, p.location, p.state, p.picker,
        to_json(p.started_at)#>>'{}' as "startedAt", to_json(p.done_at)#>>'{}' as "doneAt", p.started_at::text || chr(10) || p.id as cursor,
        (select count(*)::int from warehouse.fulfilment f where f.pick_list_id = p.id) as "fulfilmentCount",
        (select coalesce(sum(l.quantity), 0)::int from warehouse.fulfilment f join warehouse.fulfilment_line l on l.fulfilment_id = f.id
          where f.pick_list_id = p.id) as units
      from warehouse.pick_list p where ${sql.join(where, sql` and `)} order by p.started_at desc, p.id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}

interface StopRow {
  fulfilmentId: string;
  number: string;
  state: FulfilmentState;
  orderId: string;
  lineNo: number;
  sku: string;
  bin: string | null;
  quantity: number;
}

/** A pick list in walking order. Refuses `pick_list.not_found`. */
export async function getPickList(ctx: Ctx, pickListId: string): Promise<Reply<typeof contract.getPickList>> {
  const list = await warehouse(ctx.tx)
    .selectFrom('pick_list')
    .select(['id', 'number', 'location', 'state', 'picker', 'started_at', 'done_at'])
    .where('id', '=', pickListId)
    .executeTakeFirst();
  if (list === undefined || !mayReach(ctx, list.location)) return refuse('pick_list.not_found', { pickListId });
  const rows = await run(
    ctx.tx,
    sql<StopRow>`select f.id as "fulfilmentId", f.number, f.state, l.order_id as "orderId", l.line_no as "lineNo", l.sku, b.bin, l.quantity
      from warehouse.fulfilment f join warehouse.fulfilment_line l on l.fulfilment_id = f.id
      left join warehouse.bin b on b.location = f.location and b.sku = l.sku
      where f.pick_list_id = ${pickListId} and l.quantity > 0 order by f.dispatch_by nulls last, f.number, l.order_id, l.line_no, l.sku`,
  );
  const { id, number, location, state, picker, started_at, done_at } = list;
  return {
    id,
    number,
    location,
    state,
    picker,
    startedAt: started_at.toISOString(),
    doneAt: done_at?.toISOString() ?? null,
    fulfilments: [...Map.groupBy(rows, (row) => row.fulfilmentId)].map(([fulfilmentId, own]) => ({
      fulfilmentId,
      number: own[0]?.number ?? '',
      state: own[0]?.state ?? 'open',
      units: own.reduce((sum, { quantity }) => sum + quantity, 0),
    })),
    stops: await stopsOf(ctx, location, rows),
  };
}

async function stopsOf(ctx: Ctx, location: string, rows: readonly StopRow[]) {
  const skus = rows.map(({ sku }) => sku);
  const [facts, barcodes] = [await findSkus(ctx.tx, skus), await barcodesOf(ctx.tx, skus)];
  const setAside = await setAsideFor(ctx, { location, orderIds: [...new Set(rows.map(({ orderId }) => orderId))] });
  const wanted = new Set(rows.map((row) => `${row.orderId} ${row.lineNo} ${row.sku}`));
  const lots = Map.groupBy(
    setAside.filter((row) => wanted.has(`${row.orderId} ${row.lineNo} ${row.sku}`)),
    ({ sku }) => sku,
  );
  return [...Map.groupBy(rows, ({ sku }) => sku)]
    .map(([sku, own]) => ({
      bin: own[0]?.bin ?? null,
      sku,
      name: facts.get(sku)?.name ?? sku,
      nameEn: facts.get(sku)?.nameEn ?? '',
      barcode: barcodes.get(sku) ?? null,
      quantity: total(own),
      lots: [...Map.groupBy(lots.get(sku) ?? [], ({ lot }) => lot)].map(([lot, parts]) => ({ lot, quantity: total(parts) })),
      fulfilments: [...Map.groupBy(own, ({ number }) => number)].map(([number, parts]) => ({ number, quantity: total(parts) })),
    }))
    .toSorted(byBin);
}

const total = (parts: readonly { quantity: number }[]): number => parts.reduce((sum, { quantity }) => sum + quantity, 0);

/** Hand-overs, newest first; a clerk sees the own store's. */
export async function listManifests(
  ctx: Ctx,
  { location, after, limit }: Query<typeof contract.listManifests>,
): Promise<Reply<typeof contract.listManifests>> {
  const own = ownLocation(ctx);
  const [at, id] = after?.split('\n') ?? [];
  const where = [
    sql`true`,
    ...(own === undefined ? [] : [sql`m.location = ${own}`]),
    ...(location === undefined ? [] : [sql`m.location = ${location}`]),
    ...(at === undefined || id === undefined ? [] : [sql`(m.handed_over_at, m.id) < (${at}::timestamptz, ${id}::uuid)`]),
  ];
  const rows = await run(
    ctx.tx,
    sql<Reply<typeof contract.listManifests>['items'][number] & { cursor: string }>`select m.id, m.number, m.location, m.carrier,
        to_json(m.handed_over_at)#>>'{}' as "handedOverAt", m.handed_over_by as "handedOverBy",
        (select count(*)::int from warehouse.fulfilment f where f.manifest_id = m.id) as "parcelCount",
        m.handed_over_at::text || chr(10) || m.id as cursor
      from warehouse.manifest m where ${sql.join(where, sql` and `)} order by m.handed_over_at desc, m.id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}

/** One hand-over with its parcels. Refuses `manifest.not_found`. */
export async function getManifest(ctx: Ctx, manifestId: string): Promise<Reply<typeof contract.getManifest>> {
  const [row] = await run(
    ctx.tx,
    sql<
      Reply<typeof contract.getManifest>
    >`select m.id, m.number, m.location, m.carrier, to_json(m.handed_over_at)#>>'{}' as "handedOverAt",
        m.handed_over_by as "handedOverBy", coalesce((
          select json_agg(json_build_object('fulfilmentId', f.id, 'number', f.number, 'trackingNumber', coalesce(f.tracking_number, ''),
            'region', f.recipient ->> 'region', 'grams', f.grams) order by f.tracking_number)
          from warehouse.fulfilment f where f.manifest_id = m.id), '[]') as parcels
      from warehouse.manifest m where m.id = ${manifestId}`,
  );
  return row !== undefined && mayReach(ctx, row.location) ? row : refuse('manifest.not_found', { manifestId });
}

/** Where SKUs lie at a location, in walking order. */
export async function listBins(
  ctx: Ctx,
  { location, search, after, limit }: Query<typeof contract.listBins>,
): Promise<Reply<typeof contract.listBins>> {
  let query = warehouse(ctx.tx).selectFrom('bin').select(['sku', 'bin']).where('location', '=', location);
  if (search !== undefined) {
    const like = `${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
    query = query.where((eb) => eb.or([eb('sku', 'ilike', like), eb('bin', 'ilike', like)]));
  }
  if (after !== undefined) {
    const [bin = '', sku = ''] = after.split('\n');
    query = query.where(sql<boolean>`(bin, sku) > (${bin}, ${sku})`);
  }
  const rows = await query
    .orderBy('bin')
    .orderBy('sku')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const facts = await findSkus(
    ctx.tx,
    items.map(({ sku }) => sku),
  );
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ ...row, name: facts.get(row.sku)?.name ?? row.sku, nameEn: facts.get(row.sku)?.nameEn ?? '' })),
    next: rows.length > limit && last !== undefined ? `${last.bin}\n${last.sku}` : null,
  };
}

const steps: readonly FulfilmentState[] = ['open', 'picking', 'picked', 'packed'];

/** Open work of a location: how much stands in each step, what leaves when, what waits for its buyer. Refuses `location.not_found`. */
export async function getWork(ctx: Ctx, location: string): Promise<Reply<typeof contract.getWork>> {
  const { items } = await listLocations(ctx.tx);
  if (!items.some(({ code }) => code === location) || !mayReach(ctx, location)) refuse('location.not_found', { location });
  const rows = await run(
    ctx.tx,
    sql<{
      state: FulfilmentState;
      fulfilments: number;
      units: number;
      late: number;
    }>`select f.state, count(*)::int as fulfilments,
        coalesce(sum(l.units), 0)::int as units,
        (count(*) filter (where f.dispatch_by < ${ctx.now} and not (f.kind = 'pickup' and f.state = 'packed')))::int as late
      from warehouse.fulfilment f left join lateral (
        select sum(quantity) as units from warehouse.fulfilment_line where fulfilment_id = f.id) l on true
      where f.location = ${location} and f.state in ('open', 'picking', 'picked', 'packed') group by f.state`,
  );
  const departures = await run(
    ctx.tx,
    sql<{
      dispatchBy: string;
      fulfilments: number;
      packed: number;
    }>`select to_json(dispatch_by)#>>'{}' as "dispatchBy", count(*)::int as fulfilments,
        (count(*) filter (where state = 'packed'))::int as packed
      from warehouse.fulfilment where location = ${location} and state in ('open', 'picking', 'picked', 'packed') and kind = 'delivery'
        and dispatch_by is not null group by dispatch_by order by dispatch_by limit 20`,
  );
  const [pickups] = await run(
    ctx.tx,
    sql<{
      toPrepare: number;
      ready: number;
      lapsingToday: number;
    }>`select (count(*) filter (where state <> 'packed'))::int as "toPrepare",
        (count(*) filter (where state = 'packed'))::int as ready,
        (count(*) filter (where state = 'packed' and keep_until <= ${dayOf(ctx.now)}))::int as "lapsingToday"
      from warehouse.fulfilment where location = ${location} and kind = 'pickup' and state in ('open', 'picking', 'picked', 'packed')`,
  );
  const none = { fulfilments: 0, units: 0, late: 0 };
  return {
    steps: steps.map((state) => ({ ...(rows.find((row) => row.state === state) ?? none), state })),
    departures,
    pickups: pickups ?? { toPrepare: 0, ready: 0, lapsingToday: 0 },
  };
}
