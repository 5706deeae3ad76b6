// The rules of lots, pure: which may be used, and which go first. `isUsable` is the one answer to "may this be sold": `available.ts` says
// the same in SQL, and a test holds both against each other.
import { addDays } from '../../../platform/time.ts';

export interface LotUnits {
  code: string;
  /** Last usable day; undefined never expires. */
  expiresOn: string | undefined;
  isRecalled: boolean;
  onHand: number;
  /** Set aside for released orders. */
  allocated: number;
  /** Damaged, in inspection or otherwise set apart; counted in `unavailable` of the place. */
  setApart: number;
}

/** The day on which it is used, and the days that it must last beyond. */
export interface Need {
  day: string;
  minimumLifeDays: number;
}

/** Whether a lot may be used on a day by who asks for so many days more. It ends by itself with its last day, at local midnight. */
export const isUsable = (lot: Pick<LotUnits, 'expiresOn' | 'isRecalled'>, { day, minimumLifeDays }: Need): boolean =>
  !lot.isRecalled && (lot.expiresOn === undefined || lot.expiresOn >= addDays(day, minimumLifeDays));

/** Units of a lot that nobody has a claim on yet. */
export const freeOf = ({ onHand, allocated, setApart }: LotUnits): number => Math.max(0, onHand - allocated - setApart);

/**
 * Units that are there and that who asks may not use. What others have set aside in a lot that is merely too short for this one is theirs
 * already, in what is promised; in a lot that nobody may use, those promises need other units.
 */
export function unusableUnits(lots: readonly LotUnits[], need: Need): number {
  return lots.reduce((sum, lot) => {
    if (isUsable(lot, need)) return sum;
    const isDead = !isUsable(lot, { day: need.day, minimumLifeDays: 0 });
    return sum + (isDead ? Math.max(0, lot.onHand - lot.setApart) : freeOf(lot));
  }, 0);
}

/** First expired, first out; what never expires comes last. */
export function firstExpiring(
  a: { code: string; expiresOn: string | undefined },
  b: { code: string; expiresOn: string | undefined },
): number {
  const [dayA, dayB] = [a.expiresOn ?? '9999-12-31', b.expiresOn ?? '9999-12-31'];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return a.code < b.code ? -1 : 1;
}

/** Takes units first expired, first out, of usable lots only; what they do not cover comes back as `rest`. */
export function takeUsable(
  lots: readonly LotUnits[],
  quantity: number,
  need: Need,
): { taken: { code: string; quantity: number }[]; rest: number } {
  const taken: { code: string; quantity: number }[] = [];
  let rest = quantity;
  for (const lot of lots.filter((one) => isUsable(one, need)).toSorted(firstExpiring)) {
    const part = Math.min(rest, freeOf(lot));
    if (part > 0) taken.push({ code: lot.code, quantity: part });
    rest -= part;
  }
  return { taken, rest };
}
