// The sample house's cart: priced in the plainest way, refused like the real one.
import type { Cart } from '../src/views.ts';
import { products } from './sample-goods.ts';
import { applyOffers, bestOf } from './sample-offers.ts';

export class Refused extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  constructor(code: string, details: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

export const fenOf = (sku: string) => products.flatMap((one) => one.variants).find((one) => one.sku === sku);

/** A phone that has had its share of the threshold offer. */
export const usedPhone = '13900139000';

export interface SampleCart {
  lines: Map<string, number>;
  /** Absent codes: nobody chose, the best of the member's own counts. */
  terms: Partial<Cart['terms']>;
  isMember: boolean;
  parcels: Cart['delivery']['parcels'];
  phone?: string | undefined;
  pickupAt?: string | null;
  hold: Cart['hold'];
  version: number;
  pointsAvailable: number;
}

export function cartOf({
  lines,
  terms: chosen,
  isMember,
  parcels,
  phone,
  pickupAt = null,
  hold,
  version,
  pointsAvailable,
}: SampleCart): Cart {
  const plain = [...lines].map(([sku, quantity]): Cart['lines'][number] => {
    const product = products.find(({ variants }) => variants.some((one) => one.sku === sku));
    const variant = fenOf(sku);
    if (product === undefined || variant === undefined) throw new Refused('sku.not_found', { sku });
    const isShort = variant.available < quantity;
    const goodsFen = (variant.priceFen ?? 0) * quantity;
    return {
      sku,
      productId: product.id,
      slug: product.slug,
      name: product.name,
      nameEn: product.nameEn,
      options: variant.options,
      image: product.images[0] ?? null,
      quantity,
      available: variant.available,
      unitFen: variant.priceFen,
      listFen: variant.listFen,
      seenFen: variant.priceFen ?? 0,
      goodsFen,
      discountFen: 0,
      amountFen: goodsFen,
      adjustments: [],
      isGift: false,
      notices: isShort ? [variant.available === 0 ? ('out_of_stock' as const) : ('stock_short' as const)] : [],
    };
  });
  const couponCodes = chosen.couponCodes ?? (isMember ? bestOf(plain) : []);
  const terms = { pointsWanted: 0, paymentMethod: null, ...chosen, couponCodes };
  const { goodsFen, adjustments, applied, missed, pointsSpent } = applyOffers(plain, terms, {
    pointsAvailable,
    hadItsShare: phone === usedPhone,
  });
  const discountFen = adjustments.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const shown = plain.map((line, index) =>
    index > 0 ? line : { ...line, adjustments, discountFen, amountFen: line.goodsFen - discountFen },
  );
  if (goodsFen >= 100_000 && plain[0]) {
    const gift = { sku: 'GIFT-1', name: '帆布袋', nameEn: 'Canvas bag', slug: null, quantity: 1, unitFen: 2900, goodsFen: 2900, discountFen: 2900, amountFen: 0 };
    shown.push({ ...plain[0], ...gift, options: [], adjustments: [], isGift: true, notices: [] });
  } // prettier-ignore
  const freightFen = goodsFen === 0 || pickupAt !== null ? 0 : (goodsFen >= 9900 ? 0 : 800) + parcels.length * 800; // further parcels are small ones
  return {
    version,
    currency: 'CNY',
    lines: shown,
    units: shown.reduce((sum, line) => sum + line.quantity, 0),
    goodsFen,
    discountFen,
    pointsFen: pointsSpent,
    pointsSpent,
    pointsAvailable,
    freightFen,
    freightListFen: freightFen,
    taxFen: Math.round(((goodsFen - discountFen) * 13) / 113),
    totalFen: goodsFen - discountFen + freightFen,
    applied,
    missed,
    terms,
    delivery: { parcels, pickupAt },
    parcelCount: parcels.length + 1,
    hold,
    freeFreightGapFen: goodsFen === 0 ? 0 : Math.max(0, 9900 - goodsFen),
    isReady: shown.length > 0 && shown.every((line) => line.notices.length === 0),
  };
}
