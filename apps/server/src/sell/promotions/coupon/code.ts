// Codes of coupons, pure: one spelling for each, however it is typed; and why one cannot be used.
import { randomBytes } from 'node:crypto';
import type { promotions as contract } from '@tongshang/contract';
import { holdsAt } from '../promotion.ts';

export type CouponState = contract.CouponState;

/** No I, L, O, U: read aloud and typed without mistakes. */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const letterCount = 12;
const letters = Buffer.from(alphabet, 'latin1');

/** 12 letters of 32 for each code, 60 random bits of a strong generator: who knows a million codes guesses none. */
export function randomLetters(count: number): Buffer {
  const bytes = randomBytes(count * letterCount);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = letters[(bytes[index] ?? 0) & 31] ?? 0;
  return bytes;
}

export const randomCode = (): string => randomLetters(1).toString('latin1');

/** The one spelling that is stored: O is 0, I and L are 1, case, spaces and dashes do not count. */
export const spelled = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s\-_]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'); // prettier-ignore

/** How a code is shown: its batch's word or prefix as it was written, then the made part. */
export const shownCode = (code: string, { word, prefix }: { word: string | null; prefix: string }): string =>
  word ?? prefix + code.slice(spelled(prefix).length);

export interface CouponFacts {
  uses: number;
  /** Its own end, when it counts from the day it was given. */
  validTo: Date | null;
  usesPerCode: number | null;
  batchState: 'making' | 'ready' | 'stopped';
  batchFrom: Date;
  batchTo: Date | null;
}

/** When a code works: half-open, the earlier of its own end and its batch's. */
export const windowOfCoupon = ({ validTo, batchFrom, batchTo }: Pick<CouponFacts, 'validTo' | 'batchFrom' | 'batchTo'>) => ({
  startsAt: batchFrom,
  endsAt: validTo === null || (batchTo !== null && batchTo < validTo) ? batchTo : validTo,
});

/** Whether a code works at an instant, and if not, why: used up is told before expired, for that is what became of it. */
export function couponStateOf(coupon: CouponFacts, { at, isPromotionOn }: { at: Date; isPromotionOn: boolean }): CouponState {
  if (coupon.usesPerCode !== null && coupon.uses >= coupon.usesPerCode) return 'used_up';
  if (coupon.batchState === 'stopped') return 'stopped';
  const window = windowOfCoupon(coupon);
  if (at < window.startsAt) return 'not_started';
  if (!holdsAt(window, at)) return 'expired';
  return isPromotionOn ? 'usable' : 'promotion_off';
}

/** The last instant of a code given now that works so many days, within its batch's window. */
export function endOfGiven({ validDays, batchTo }: { validDays: number | null; batchTo: Date | null }, now: Date): Date | null {
  if (validDays === null) return null;
  const end = new Date(now.getTime() + validDays * 86_400_000);
  return batchTo !== null && batchTo < end ? batchTo : end;
}
