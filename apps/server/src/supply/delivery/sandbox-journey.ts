// How the sandbox's carriers move a parcel: always the same way for the same number, some late, some not at home at first. Pure.
import { createHash } from 'node:crypto';
import { addMs } from '../../platform/time.ts';
import type { TrackingStatus } from './parcel.ts';

export interface Report {
  eventId: string;
  trackingNumber: string;
  status: Exclude<TrackingStatus, 'handed_over'>;
  at: Date;
  place: string;
  note: string | undefined;
}

export interface Travelling {
  trackingNumber: string;
  handedOverAt: Date;
  from: string;
  to: string;
}

/** A day on the road takes this long in the sandbox: who tries the house does not wait for Thursday. */
const sandboxDayMs = 90_000;

/** Everything the carrier will report about a parcel, from the hand-over to the door. Of a hundred, about 8 find nobody at first, 2 come back. */
export function journeyOf({ trackingNumber, handedOverAt, from, to }: Travelling): Report[] {
  const dice = createHash('sha256').update(trackingNumber).digest();
  const [luck = 0, pace = 0] = dice;
  const days = 1 + (pace % 3);
  const steps: [Report['status'], number, string, string?][] = [
    ['in_transit', 0.3, from],
    ['in_transit', 0.3 + days / 2, to],
    ['out_for_delivery', days + 0.2, to],
  ];
  if (luck < 20) steps.push(['failed', days + 0.5, to, '无人签收'], ['out_for_delivery', days + 1.2, to]);
  steps.push(luck < 5 ? ['returned', days + 2.5, from, '收件人拒收'] : ['delivered', days + (luck < 20 ? 1.6 : 0.6), to]);
  return steps.map(([status, after, place, note], index) => ({
    eventId: `${trackingNumber}-${index + 1}`,
    trackingNumber,
    status,
    at: addMs(handedOverAt, after * sandboxDayMs),
    place,
    note,
  }));
}
