import { sql } from 'kysely';
import { json, run, type Tx } from '../../../platform/db.ts';

export type DriftWhat = 'on_hand' | 'promised' | 'unavailable' | 'value';

export interface Drift {
  sku: string;
  location: string;
  what: DriftWhat;
  /** What the balance says; units, fen for `value`. */
  stored: number;
  /** What its ledger sums to. */
  summed: number;
}

interface Place {
  sku: string;
  location: string;
}

/**
 * Balances that are not what their ledgers sum to: on hand and worth by movements (with later costs, less what went to variance), promised
 * by open reservations, unavailable by the moves between conditions. None, unless a row was corrupted. One snapshot of everything: what moves
 * meanwhile is no drift. Some places, or all.
 */
export const findDrift = (tx: Tx, places?: readonly Place[]): Promise<Drift[]> =>
  run(
    tx,
    sql<Drift>`with here as (
        select sku, location, on_hand, promised, unavailable, on_hand * unit_cost_fen as value_fen from inventory.stock
        where ${places === undefined} or (sku, location) in (select sku, location from jsonb_to_recordset(${json(places ?? [])}) as p (sku text, location text))
      ), moved as (
        select m.sku, m.location, sum(m.quantity)::bigint as units, sum(m.quantity * m.unit_cost_fen)::bigint as fen
        from inventory.movement m where ${places === undefined} or (m.sku, m.location) in (select sku, location from here) group by 1, 2
      ), held as (
        select r.sku, r.location, sum(r.quantity)::bigint as units from inventory.reservation r
        where r.state = 'held' and (${places === undefined} or (r.sku, r.location) in (select sku, location from here)) group by 1, 2
      ), apart as (
        select c.sku, c.location, sum(case when c.to_condition in ('sellable', 'away') then 0 else c.quantity end
          - case when c.from_condition in ('sellable', 'away') then 0 else c.quantity end)::bigint as units
        from inventory.condition_move c where ${places === undefined} or (c.sku, c.location) in (select sku, location from here) group by 1, 2
      ), rounded as (
        select v.sku, v.location, sum(v.amount_fen)::bigint as fen from inventory.cost_variance v
        where v.location is not null and (${places === undefined} or (v.sku, v.location) in (select sku, location from here)) group by 1, 2
      ), raised as (
        select c.sku, c.location, sum(c.amount_fen)::bigint as fen from inventory.cost_change c
        where c.location is not null and (${places === undefined} or (c.sku, c.location) in (select sku, location from here)) group by 1, 2
      ), compared as (
        select h.sku, h.location, w.what, w.stored, w.summed
        from here h
        left join moved using (sku, location) left join held using (sku, location) left join apart using (sku, location)
        left join rounded using (sku, location) left join raised using (sku, location)
        cross join lateral (values
          ('on_hand', h.on_hand::bigint, coalesce(moved.units, 0)), ('promised', h.promised::bigint, coalesce(held.units, 0)),
          ('unavailable', h.unavailable::bigint, coalesce(apart.units, 0)),
          ('value', h.value_fen, coalesce(moved.fen, 0) - coalesce(rounded.fen, 0) + coalesce(raised.fen, 0))) as w (what, stored, summed)
      )
      select sku, location, what, stored, summed from compared where stored <> summed order by sku, location, what`,
  );
