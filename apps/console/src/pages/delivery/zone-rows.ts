import type { ReplyOf, delivery } from '@tongshang/contract';

export type ZoneRow = ReplyOf<typeof delivery.listCarriers>['items'][number]['zones'][number];

/** The zone of each province as seen from one of dispatch. */
export const zonesFrom = (rows: readonly ZoneRow[], origin: string): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.filter((row) => row.origin === origin).map(({ province, zone }) => [province, zone]));

/** All rows with those of one province of dispatch replaced; a province without a zone is not served. */
export const withZones = (rows: readonly ZoneRow[], origin: string, zones: Readonly<Record<string, string>>): ZoneRow[] => [
  ...rows.filter((row) => row.origin !== origin),
  ...Object.entries(zones).flatMap(([province, text]) => {
    const zone = text.trim();
    return zone === '' ? [] : [{ origin, province, zone }];
  }),
];

/** Provinces of dispatch that have rows, in their order. */
export const originsOf = (rows: readonly ZoneRow[]): string[] => [...new Set(rows.map(({ origin }) => origin))].toSorted();
