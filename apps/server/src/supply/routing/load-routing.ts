import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { Rules, RoutingRule, Storage } from './route.ts';

/** What routing knows of a location. */
export interface LocationFacts {
  location: string;
  kind: 'warehouse' | 'store';
  shipsOnline: boolean;
  /** Orders a day; undefined is without limit. */
  dailyCapacity: number | undefined;
  usedToday: number;
  priority: number;
  province: string | undefined;
  storages: Storage[];
}

export interface Routing extends Rules {
  version: number;
  locations: ReadonlyMap<string, LocationFacts>;
}

/** The rules of a house that has set none. */
const firstRules: Rules = {
  rules: [
    { kind: 'fewest_parcels', isOn: true, locations: [] },
    { kind: 'promise_date', isOn: true, locations: [] },
    { kind: 'distance', isOn: true, locations: [] },
    { kind: 'cost', isOn: true, locations: [] },
    { kind: 'capacity', isOn: true, locations: [] },
    { kind: 'stock_balance', isOn: true, locations: [] },
    { kind: 'priority', isOn: true, locations: [] },
    { kind: 'prefer', isOn: false, locations: [] },
    { kind: 'avoid', isOn: false, locations: [] },
  ],
  parcelsMax: 2,
  parcelFenMin: 0,
};

interface Row {
  rules: RoutingRule[] | null;
  parcelsMax: number | null;
  parcelFenMin: number | null;
  version: number | null;
  locations: { [Key in keyof LocationFacts]: Exclude<LocationFacts[Key], undefined> | null }[] | null;
}

/** The rules in force and what is known of each location on this day, with one statement. */
export async function loadRouting(tx: Tx, day: string): Promise<Routing> {
  const [row] = await run(
    tx,
    sql<Row>`select s.rules, s.parcels_max as "parcelsMax", s.parcel_fen_min as "parcelFenMin", s.version,
      (select json_agg(json_build_object('location', r.location, 'shipsOnline', r.ships_online, 'dailyCapacity', r.daily_capacity,
          'usedToday', coalesce(c.used, 0), 'priority', r.priority, 'province', r.province, 'storages', r.storages) order by r.location)
        from routing.location_rule r left join routing.capacity c on c.location = r.location and c.day = ${day}::date) as locations
      from (select) one left join routing.rule_set s on true`,
  );
  const locations = (row?.locations ?? []).map(
    ({ dailyCapacity, province, ...facts }) =>
      ({ ...facts, dailyCapacity: dailyCapacity ?? undefined, province: province ?? undefined }) as LocationFacts,
  );
  return {
    rules: row?.rules ?? firstRules.rules,
    parcelsMax: row?.parcelsMax ?? firstRules.parcelsMax,
    parcelFenMin: row?.parcelFenMin ?? firstRules.parcelFenMin,
    version: row?.version ?? 0,
    locations: new Map(locations.map((one) => [one.location, one])),
  };
}

/** What is taken of a location that has no row of its own: a warehouse sends whatever is asked, a store nothing. */
export const unsaid = (location: string, kind: LocationFacts['kind']): LocationFacts => ({
  location,
  kind,
  shipsOnline: kind === 'warehouse',
  dailyCapacity: undefined,
  usedToday: 0,
  priority: 100,
  province: undefined,
  storages: kind === 'warehouse' ? ['ambient', 'chilled', 'frozen'] : ['ambient'],
});

/** Locations that send orders of the shop, by what is said of them. */
export const sendersAmong = (routing: Routing, all: readonly { code: string; kind: LocationFacts['kind'] }[]): LocationFacts[] =>
  all
    .map(({ code, kind }) => ({ ...(routing.locations.get(code) ?? unsaid(code, kind)), kind }))
    .filter(({ shipsOnline }) => shipsOnline);
