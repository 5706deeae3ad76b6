// How long the price of a cart takes: pure arithmetic, no database, one core.
import type { Effect } from '@tongshang/contract';
import {
  type Offer,
  type OfferGroup,
  priceCart,
  type PriceRequest,
  type RequestLine,
} from '../apps/server/src/sell/pricing/index.ts';
import type { Outcome } from './load.ts';

export interface PriceFigure extends Outcome {
  name: string;
  limitMs: number;
}

/** A cart of each size, priced over and over: three lines plain and with ten promotions, thirty lines of two hundred pieces with ten. */
export function measurePrices(secondsEach = 1): PriceFigure[] {
  return [
    { name: 'price 3 lines, no promotion', limitMs: 0.02, request: cart(3, 2, []) },
    { name: 'price 3 lines, 10 promotions', limitMs: 0.3, request: cart(3, 2, tenOffers()) },
    { name: 'price 30 lines × 200 pieces, 10 promotions', limitMs: 5, request: cart(30, 200, tenOffers()) },
  ].map(({ name, limitMs, request }) => ({ name, limitMs, ...measure(request, secondsEach) }));
}

function measure(request: PriceRequest, seconds: number): Outcome {
  for (let warm = performance.now() + 300; performance.now() < warm;) priceCart(request);
  const times: number[] = [];
  const begun = performance.now();
  for (let start = begun; start < begun + seconds * 1000;) {
    priceCart(request);
    const end = performance.now();
    times.push(end - start);
    start = end;
  }
  const elapsed = (performance.now() - begun) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: times.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), count: times.length, errors: 0 };
}

const everything = {};
const threshold = (fen: number): Effect => ({
  gives: 'steps', of: everything, by: 'amount', steps: [{ from: fen * 10, off: { fen } }, { from: fen * 20, off: { fen: fen * 3 } }], repeats: false,
}); // prettier-ignore

/** Every kind of stage and mode that shops use at once: flash sale, timed discount, thresholds of which the best counts, gift, coupons. */
function tenOffers(): Offer[] {
  const offer = (id: number, stage: Offer['stage'], then: Effect, over: Partial<Offer> = {}): Offer => ({
    promotionId: `00000000-0000-4000-8000-00000000000${id}`, couponCode: null, name: `offer ${id}`, nameEn: `offer ${id}`, stage, groupId: undefined,
    priority: id, when: { all: [] }, then, joinsExclusive: false, left: { amountFen: 10_000_000 }, ...over,
  }); // prettier-ignore
  const even = { categories: ['food'] };
  return [
    offer(0, 'exclusive', { gives: 'fixed_price', of: { skus: ['sku-1'] }, unitFen: 500, unitsPerOrder: 2 }),
    offer(1, 'line', { gives: 'percent', of: even, bp: 1000 }),
    offer(2, 'threshold', threshold(1000), { groupId: 'best' }),
    offer(3, 'threshold', threshold(1500), { groupId: 'best' }),
    offer(4, 'threshold', { gives: 'cheapest_free', of: even, buy: 3, free: 1 }, { groupId: 'best' }),
    offer(5, 'threshold', { gives: 'bundle_price', items: [{ of: even, quantity: 2 }, { of: everything, quantity: 1 }], fen: 2000 }, { groupId: 'best' }),
    offer(6, 'threshold', { gives: 'buy_x_get_y', buy: everything, buyQuantity: 1, get: everything, getQuantity: 1, bp: 5000 }, { groupId: 'best' }),
    offer(7, 'coupon', { gives: 'amount', of: everything, fen: 500 }, { couponCode: 'A', groupId: 'coupon' }),
    offer(8, 'coupon', { gives: 'percent', of: everything, bp: 500, capFen: 2000 }, { couponCode: 'B', groupId: 'coupon', when: { is: 'amount', of: everything, minFen: 3000 } }),
    offer(9, 'freight', { gives: 'free_freight' }, { when: { is: 'quantity', of: everything, min: 2 } }),
  ]; // prettier-ignore
}

const groups: OfferGroup[] = [
  { id: 'best', stage: 'threshold', mode: 'best', parent: undefined, priority: 0 },
  { id: 'coupon', stage: 'coupon', mode: 'only', parent: undefined, priority: 0 },
];

function cart(lineCount: number, quantity: number, offers: Offer[]): PriceRequest {
  const lines = Array.from({ length: lineCount }, (_, nth): RequestLine => {
    const sku = `sku-${nth}`;
    const prices = [{ kind: 'list' as const, group: null, fromQuantity: 1, amountFen: 990 + ((nth * 1237) % 9000) }];
    const goods = {
      sku,
      productId: sku,
      category: nth % 2 === 0 ? 'food/tea' : 'clothes',
      brand: 'house',
      taxRateBp: 1300,
      prices,
    };
    return { key: `line-${nth}`, quantity, goods };
  });
  return {
    currency: 'CNY',
    channel: 'shop',
    at: new Date('2026-11-11T04:00:00Z'),
    buyer: { customerId: 'c', tier: 'silver', segments: [], isFirstOrder: false, points: 1000 },
    lines,
    offers,
    groups,
    pointsWanted: 0,
    pointWorth: { points: 100, fen: 100 },
    gifts: new Map(),
    freight: { feeFen: 800, freeFromFen: 9900 },
  };
}

if (import.meta.main) console.table(measurePrices());
