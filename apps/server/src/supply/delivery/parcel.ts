// The way of a parcel as carriers report it: in any order, more than once. Pure.
import type { delivery as contract } from '@tongshang/contract';

export type ParcelState = (typeof contract.parcelStates)[number];
export type TrackingStatus = (typeof contract.trackingStatuses)[number] | 'handed_over';

export interface Reported {
  status: TrackingStatus;
  at: Date;
}

/** Later on the way counts more where instants are equal. */
const rank: Readonly<Record<TrackingStatus, number>> = {
  handed_over: 0,
  in_transit: 1,
  out_for_delivery: 2,
  failed: 3,
  delivered: 4,
  returned: 5,
};

const ends = new Set<ParcelState>(['delivered', 'returned', 'voided']);
/** A parcel on which nothing more can happen. */
const hasEnded = (state: ParcelState): boolean => ends.has(state);

/**
 * Where a parcel stands, whatever the order in which reports came: an end once reported stays (the first of them), else the latest
 * report by the carrier's own clock.
 */
export function standingOf(reports: readonly Reported[]): Reported | undefined {
  const byTime = reports.toSorted((a, b) => a.at.getTime() - b.at.getTime() || rank[a.status] - rank[b.status]);
  return byTime.find(({ status }) => hasEnded(status)) ?? byTime.at(-1);
}

/** `SF261122000000123`: the carrier's letters, then digits with a check digit (mod 10, weights 3 and 1 as on GS1 codes). */
export function newTrackingNumber(carrier: string, serial: number): string {
  const digits = String(serial).padStart(11, '0');
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${carrier.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}${digits}${(10 - (sum % 10)) % 10}`;
}
