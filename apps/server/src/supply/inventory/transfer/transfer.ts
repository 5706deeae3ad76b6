// The rules of transfers, pure: the life of one, what arrives of which lot, who may do what next.
import type { transfers } from '@tongshang/contract';

export type TransferState = (typeof transfers.transferStates)[number];
export type TransferStep = (typeof transfers.transferSteps)[number];

/** A step that is not in this table does not exist. */
const steps: Readonly<Record<TransferState, readonly TransferStep[]>> = {
  requested: ['send', 'cancel'],
  sent: ['receive', 'cancel'],
  received: [],
  cancelled: [],
};

/** Somebody of one place sends from it, receives at it, and calls off what concerns it; others see both ends. */
const isOwn: Readonly<Record<TransferStep, (ends: Ends, place: string) => boolean>> = {
  send: ({ from }, place) => from === place,
  receive: ({ to }, place) => to === place,
  cancel: ({ from, to }, place) => from === place || to === place,
};

interface Ends {
  from: string;
  to: string;
}

/** What may be done next; `place` is the one place of a clerk. */
export const stepsOf = (transfer: Ends & { state: TransferState }, place: string | undefined): TransferStep[] =>
  steps[transfer.state].filter((step) => place === undefined || isOwn[step](transfer, place));

export interface SentPart {
  /** '' is units of no lot. */
  lot: string;
  expiresOn: string | null;
  quantity: number;
}

export interface Arrival {
  received: number;
  damaged: number;
  /** Sent and neither received nor damaged. */
  lost: number;
}

/** Splits what arrived over the lots that were sent, first expiring first: whole units, then damaged ones; the last to expire are missing. */
export function splitArrival(parts: readonly SentPart[], { received, damaged }: Arrival): (SentPart & Arrival)[] {
  let [whole, broken] = [received, damaged];
  return parts.toSorted(firstExpiring).map((part) => {
    const own = Math.min(whole, part.quantity);
    whole -= own;
    const hurt = Math.min(broken, part.quantity - own);
    broken -= hurt;
    return { ...part, received: own, damaged: hurt, lost: part.quantity - own - hurt };
  });
}

function firstExpiring(a: SentPart, b: SentPart): number {
  const [dayA, dayB] = [a.expiresOn ?? '9999-12-31', b.expiresOn ?? '9999-12-31'];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return a.lot < b.lot ? -1 : 1;
}
