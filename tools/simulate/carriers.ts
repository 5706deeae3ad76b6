// The carriers: what they report of the parcels they took, signed, to the house's public address, as their servers would.
import { createHmac } from 'node:crypto';
import { addDays, dayOf, daysBetween, startOfDay } from '../../apps/server/src/platform/time.ts';
import { delivery } from '../../packages/contract/src/index.ts';
import { type Caller, createCaller } from './call.ts';
import type { Visit } from './demand.ts';
import type { Sent } from './floor.ts';

type Status = 'in_transit' | 'out_for_delivery' | 'failed' | 'delivered';
interface Report {
  carrier: string;
  trackingNumber: string;
  status: Status;
  on: string;
  hour: number;
}

/** Hours of the day at which carriers report. */
const reportHours = { out: 7, door: 14, transit: 20 };

export interface Carriers {
  /** Takes a parcel along; answers the day on which it will be in its buyer's hands. */
  take: (parcel: Sent, day: string, visit: Pick<Visit, 'carrierDelay' | 'isMissedAtDoor'>) => string;
  /** Reports everything that happened up to this hour, some hundred events at once. */
  report: (day: string, hour: number) => Promise<void>;
}

/** `office` may read the keys with which carriers sign; reports come from outside. */
export function createCarriers({ office, origin }: { office: Caller; origin: string }): Carriers {
  const server = createCaller(origin);
  const keys = new Map<string, string>();
  let waiting: Report[] = [];
  const keyOf = async (carrier: string): Promise<string> => {
    const known = keys.get(carrier) ?? (await office.call(delivery.getCarrierKey, { params: { carrier } })).key;
    keys.set(carrier, known);
    return known;
  };
  return {
    take: ({ carrier, trackingNumber, ...parcel }, day, visit) => {
      const arrivesOn = arrivalOf(parcel, day, visit);
      const tell = (status: Status, on: string, hour: number) => waiting.push({ carrier, trackingNumber, status, on, hour });
      tell('in_transit', day, reportHours.transit);
      tell('out_for_delivery', arrivesOn, reportHours.out);
      if (!visit.isMissedAtDoor) {
        tell('delivered', arrivesOn, reportHours.door);
        return arrivesOn;
      }
      tell('failed', arrivesOn, reportHours.door);
      tell('out_for_delivery', addDays(arrivesOn, 1), reportHours.out);
      tell('delivered', addDays(arrivesOn, 1), reportHours.door);
      return addDays(arrivesOn, 1);
    },
    report: async (day, hour) => {
      const isDue = (one: Report) => one.on < day || (one.on === day && one.hour <= hour);
      const due = waiting.filter(isDue);
      waiting = waiting.filter((one) => !isDue(one));
      for (const [carrier, own] of Map.groupBy(due, (one) => one.carrier))
        for (let start = 0; start < own.length; start += eventsMax) {
          const payload = JSON.stringify({ events: own.slice(start, start + eventsMax).map(eventOf) });
          const signature = createHmac('sha256', await keyOf(carrier))
            .update(payload)
            .digest('hex');
          await server.call(delivery.receiveTracking, { params: { carrier }, body: { payload, signature } });
        }
    },
  };
}

const eventsMax = 500;

const eventOf = ({ trackingNumber, status, on, hour }: Report) => ({
  eventId: `${trackingNumber}-${on}-${status}`,
  trackingNumber,
  status,
  at: new Date(startOfDay(on).getTime() + hour * 3_600_000).toISOString(),
});

/** The promised day, as early or late as chance has it; what left too late comes so much later; never on the day on which it left. */
function arrivalOf(
  { promisedOn, dispatchBy }: Pick<Sent, 'promisedOn' | 'dispatchBy'>,
  day: string,
  { carrierDelay }: Pick<Visit, 'carrierDelay'>,
): string {
  const lost = dispatchBy === null ? 0 : Math.max(0, daysBetween(dayOf(new Date(dispatchBy)), day));
  const next = addDays(day, 1);
  const planned = addDays(promisedOn ?? addDays(day, 2), carrierDelay + lost);
  return planned < next ? next : planned;
}
