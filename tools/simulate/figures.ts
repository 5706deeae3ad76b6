// The figures of each simulated day: what was told by shoppers, and what the database says that became of it.
import type pg from 'pg';
import type { Served } from './shoppers.ts';

/** What the simulation itself saw on a day. */
export interface Tally {
  day: string;
  visits: number;
  served: Served[];
  /** On the shelves at the day's end, at moving-average cost. */
  stockValueFen: number;
  /** Decisions of staff about orders that waited, by the reason why they did. */
  decided: Map<string, number>;
  /** Parcels that a store refused, places in which a picker found a unit less than there should be. */
  rejected: number;
  short: number;
  /** What suppliers brought, and how often it came after the day or was not all of it. */
  receipts: number;
  faultyReceipts: number;
}

export const newTally = (day: string, visits: number): Tally => ({ day, visits, served: [], stockValueFen: 0, decided: new Map(), rejected: 0, short: 0, receipts: 0, faultyReceipts: 0 }); // prettier-ignore

export interface DayFigures {
  day: string;
  orders: number;
  paidOrders: number;
  gmvFen: number;
  unitsWanted: number;
  unitsSold: number;
  /** SKUs of which somebody did not get what they wanted. */
  stockOuts: number;
  /** Of orders paid that day, in seconds from paid to released; measured, so they differ from run to run. */
  handlingSeconds: number[];
  released: number;
  /** Released without a hand of staff on them before. */
  untouched: number;
  parcels: number;
  shippedOrders: number;
  lateParcels: number;
  /** Parcels that came into their buyers' hands, and those of them that came after the promised day. */
  arrived: number;
  arrivedLate: number;
  /** Pick-ups that their buyers came for, and that nobody came for. */
  collected: number;
  lapsed: number;
  decided: Readonly<Record<string, number>>;
  rejected: number;
  short: number;
  receipts: number;
  faultyReceipts: number;
  costOfGoodsFen: number;
  stockValueFen: number;
  refundedFen: number;
}

export async function readStockValue(db: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await db.query<{ fen: string }>(
    'select coalesce(sum(on_hand * unit_cost_fen), 0) as fen from inventory.stock',
  );
  return Number(rows[0]?.fen ?? 0);
}

interface PlacedRow {
  day: string;
  orders: number;
  paid: number;
  gmv: string;
  handling: number[] | null;
  released: number;
  untouched: number;
}

const dayOfPlacement = `(placed_at at time zone 'Asia/Shanghai')::date::text`;
const placed = `select ${dayOfPlacement} as day, count(*)::int as orders, count(paid_at)::int as paid,
    coalesce(sum(total_fen) filter (where paid_at is not null), 0) as gmv,
    array_agg(extract(epoch from released_at - paid_at)::float8) filter (where released_at is not null) as handling,
    count(released_at)::int as released,
    count(*) filter (where released_at is not null and not exists (
      select from orders.timeline t where t.order_id = o.id and t.actor_kind = 'staff' and t.at <= o.released_at))::int as untouched
  from orders."order" o where source = 'live' group by 1`;

/** A parcel is late when it leaves after the hour by which it had to, to be there on the promised day. */
const sent = `with left_house as (
    select f.*, (left_at at time zone 'Asia/Shanghai')::date::text as day from warehouse.fulfilment f where left_at is not null and kind = 'delivery')
  select day, count(*)::int as parcels, count(*) filter (where left_at > dispatch_by)::int as late,
    (select count(distinct l.order_id)::int from warehouse.fulfilment_line l join left_house same on same.id = l.fulfilment_id where same.day = left_house.day) as orders
  from left_house group by day`;

const arrivals = `select (delivered_at at time zone 'Asia/Shanghai')::date::text as day, count(*)::int as arrived,
    count(*) filter (where (delivered_at at time zone 'Asia/Shanghai')::date > promised_on)::int as late
  from delivery.parcel where delivered_at is not null group by 1`;

const pickups = `select (changed_at at time zone 'Asia/Shanghai')::date::text as day, count(*) filter (where state = 'collected')::int as collected,
    count(*) filter (where state = 'lapsed')::int as lapsed
  from warehouse.fulfilment where kind = 'pickup' and state in ('collected', 'lapsed') group by 1`;

const costs = `select (at at time zone 'Asia/Shanghai')::date::text as day, sum(-quantity * unit_cost_fen) as fen
  from inventory.movement where kind in ('shipment', 'return') group by 1`;
const refunds = `select (requested_at at time zone 'Asia/Shanghai')::date::text as day, sum(amount_fen) as fen
  from payments.refund where state <> 'failed' group by 1`;

/** The figures of all days, from the database and from what the shoppers met. */
export async function readFigures(db: Pick<pg.Pool, 'query'>, tallies: readonly Tally[]): Promise<DayFigures[]> {
  const byDay = async <T extends { day: string }>(text: string) => {
    const { rows } = await db.query<T>(text);
    return new Map(rows.map((row) => [row.day, row]));
  };
  const orders = await byDay<PlacedRow>(placed);
  const left = await byDay<{ day: string; orders: number; late: number; parcels: number }>(sent);
  const there = await byDay<{ day: string; arrived: number; late: number }>(arrivals);
  const fetched = await byDay<{ day: string; collected: number; lapsed: number }>(pickups);
  const cost = await byDay<{ day: string; fen: string }>(costs);
  const refunded = await byDay<{ day: string; fen: string }>(refunds);
  return tallies.map(({ day, served, stockValueFen, decided, rejected, short, receipts, faultyReceipts }) => {
    const row = orders.get(day);
    return {
      day,
      orders: row?.orders ?? 0,
      paidOrders: row?.paid ?? 0,
      gmvFen: Number(row?.gmv ?? 0),
      ...servedOf(served),
      handlingSeconds: row?.handling ?? [],
      released: row?.released ?? 0,
      untouched: row?.untouched ?? 0,
      parcels: left.get(day)?.parcels ?? 0,
      shippedOrders: left.get(day)?.orders ?? 0,
      lateParcels: left.get(day)?.late ?? 0,
      arrived: there.get(day)?.arrived ?? 0,
      arrivedLate: there.get(day)?.late ?? 0,
      collected: fetched.get(day)?.collected ?? 0,
      lapsed: fetched.get(day)?.lapsed ?? 0,
      decided: Object.fromEntries(decided),
      rejected,
      short,
      receipts,
      faultyReceipts,
      costOfGoodsFen: Number(cost.get(day)?.fen ?? 0),
      stockValueFen,
      refundedFen: Number(refunded.get(day)?.fen ?? 0),
    };
  });
}

function servedOf(served: readonly Served[]): Pick<DayFigures, 'unitsWanted' | 'unitsSold' | 'stockOuts'> {
  return {
    unitsWanted: served.reduce((sum, { wanted }) => sum + wanted, 0),
    unitsSold: served.reduce((sum, { sold }) => sum + sold, 0),
    stockOuts: new Set(served.filter(({ wanted, sold }) => sold < wanted).map(({ sku }) => sku)).size,
  };
}
