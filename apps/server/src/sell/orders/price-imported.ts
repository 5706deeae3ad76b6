// What an order of the past costs, pure: the one price function, with the file's own prices as its list and its discounts as given.
import type { PriceBreakdown } from '@tongshang/contract';
import { type Offer, priceCart, type PriceRequest } from '../pricing/index.ts';

export interface LineToPrice {
  quantity: number;
  unitFen: number;
  discountFen: number;
  taxRateBp: number;
}

interface OrderToPrice {
  currency: string;
  channel: string;
  at: Date;
  freightFen: number;
  lines: readonly LineToPrice[];
}

const nobody: PriceRequest['buyer'] = { customerId: undefined, tier: undefined, segments: [], isFirstOrder: false, points: 0 };
const pointWorth: PriceRequest['pointWorth'] = { points: 1, fen: 1 };
const noGifts: PriceRequest['gifts'] = new Map();
const none: readonly never[] = [];

/**
 * The price of an order that is over, line by line in the order given: no promotion of today takes part. Each line stands for itself, as
 * goods of its own: a file may sell one SKU at two prices.
 */
export function priceImported({ currency, channel, at, freightFen, lines }: OrderToPrice): PriceBreakdown {
  return priceCart({
    currency,
    channel,
    at,
    buyer: nobody,
    lines: lines.map(({ quantity, unitFen, taxRateBp }, index) => ({
      key: keyOf(index),
      quantity,
      goods: {
        sku: keyOf(index),
        productId: '',
        category: '',
        brand: '',
        taxRateBp,
        prices: [{ kind: 'list', group: null, fromQuantity: 1, amountFen: unitFen }],
      },
    })),
    offers: lines.some(({ discountFen }) => discountFen > 0) ? lines.flatMap(discountOf) : none,
    groups: none,
    pointsWanted: 0,
    pointWorth,
    gifts: noGifts,
    freight: { feeFen: freightFen, freeFromFen: Infinity },
  });
}

const keyOf = (index: number): string => String(index);

/** What the file took off a line. */
const discountOf = ({ discountFen }: LineToPrice, index: number): Offer[] =>
  discountFen === 0
    ? []
    : [
        {
          promotionId: keyOf(index),
          couponCode: null,
          name: '',
          nameEn: '',
          stage: 'threshold',
          groupId: undefined,
          priority: 0,
          when: { all: [] },
          then: { gives: 'amount', of: { skus: [keyOf(index)] }, fen: discountFen },
          joinsExclusive: false,
          left: {},
        },
      ];
