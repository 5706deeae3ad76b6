import type { Cart } from '../views.ts';
import { plainCode } from './explain.ts';

// What a shopper asks of the price: coupons and points. Read from the button that was pressed; the house works it out.

type Terms = Cart['terms'];

export type TermsWish =
  | { change: Partial<Terms>; code?: string }
  /** The code field was sent empty. */
  | { trouble: 'empty' };

const codesMax = 10;

/** What a pressed button wants of the cart's terms; undefined when it is about something else. */
export function wishOf(form: URLSearchParams, cart: Pick<Cart, 'terms' | 'pointsAvailable'>): TermsWish | undefined {
  const [what = '', code = ''] = (form.get('do') ?? '').split(':');
  const typed = (form.get('code') ?? '').trim().slice(0, 40);
  switch (what) {
    case 'code':
      return typed === '' ? { trouble: 'empty' } : withCode(cart, typed);
    case 'coupon':
      return withCode(cart, code);
    case 'drop':
      return { change: { couponCodes: cart.terms.couponCodes.filter((one) => plainCode(one) !== plainCode(code)) } };
    case 'points':
      return { change: { pointsWanted: pointsOf(form.get('points'), cart.pointsAvailable) } };
    case 'points-all':
      return { change: { pointsWanted: cart.pointsAvailable } };
    case 'points-none':
      return { change: { pointsWanted: 0 } };
    default:
      return undefined;
  }
}

function withCode({ terms }: Pick<Cart, 'terms'>, code: string): TermsWish {
  const others = terms.couponCodes.filter((one) => plainCode(one) !== plainCode(code));
  return { change: { couponCodes: [...others, code].slice(-codesMax) }, code };
}

function pointsOf(text: string | null, available: number): number {
  const wanted = Math.floor(Number((text ?? '').normalize('NFKC').replaceAll(/[,\s]/g, '')));
  return Number.isFinite(wanted) ? Math.min(Math.max(0, wanted), available) : 0;
}
