import { dayParts, observationsRecorded } from '../observations/index.ts';
import type { Facts } from './facts.ts';
import type { LoggedEvent } from './log.ts';

/** Adds versions of outside figures, a row a day that each covers. ClickHouse keeps the newest version of a figure's day. */
export function addObservations(facts: Facts, { payload }: LoggedEvent): void {
  for (const figure of observationsRecorded.payload.parse(payload).rows)
    for (const { day, amount, cases } of dayParts(figure))
      facts.observation.push([
        figure.id, figure.version, figure.name, day, figure.channel, figure.campaign, amount, cases, figure.isWithdrawn ? 1 : 0,
      ]); // prettier-ignore
}
