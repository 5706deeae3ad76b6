// What a cart is and shows, pure: its lines, how they change, prices and stock as they are now, and what checkout will charge.
import type { cart as contract, PriceBreakdown } from '@tongshang/contract';
import type * as z from 'zod';

export type Cart = z.input<typeof contract.Cart>;
export type CartLine = z.input<typeof contract.CartLine>;
type Notice = (typeof contract.cartNotices)[number];

export interface StoredLine {
  sku: string;
  quantity: number;
  /** Price of one unit that the shopper saw when the line was put in or looked over, fen. */
  seenFen: number;
}

export interface ParcelWish {
  lines: readonly { sku: string; quantity: number }[];
}

/** Absent coupon codes mean that nobody chose: the best of the member's own is taken. */
export interface StoredTerms {
  couponCodes?: string[] | undefined;
  pointsWanted?: number | undefined;
  paymentMethod?: string | null | undefined;
  /** Lines that go elsewhere; freight is counted a parcel. */
  parcels?: readonly ParcelWish[] | undefined;
  /** The store where the buyer comes for all of it. */
  pickupAt?: string | null | undefined;
  /** A guest's, once known: limits are counted by it. */
  phone?: string | undefined;
}

/** Units of one line, at most. */
const unitsMax = 999;
export const linesMax = 200;

/** The lines after units were put on top; a new SKU comes last. */
export function withUnits(lines: readonly StoredLine[], added: Omit<StoredLine, 'seenFen'> & { seenFen: number }): StoredLine[] {
  const before = lines.find((line) => line.sku === added.sku);
  if (before === undefined) return [...lines, { ...added, quantity: Math.min(unitsMax, added.quantity) }];
  const quantity = Math.min(unitsMax, before.quantity + added.quantity);
  return lines.map((line) => (line === before ? { sku: line.sku, quantity, seenFen: added.seenFen } : line));
}

/** Two carts as one: quantities add up, prices seen stay those of the first. */
export const mergeLines = (own: readonly StoredLine[], others: readonly StoredLine[]): StoredLine[] =>
  others.reduce<StoredLine[]>(
    (lines, line) => {
      const before = lines.find((one) => one.sku === line.sku);
      return withUnits(lines, { ...line, seenFen: before?.seenFen ?? line.seenFen });
    },
    [...own],
  );

interface Facts {
  productId: string;
  slug: string;
  name: string;
  nameEn: string;
  options: CartLine['options'];
}

export interface Hold {
  id: string;
  expiresAt: Date;
  renewals: number;
}

export const holdMinutes = 10;
export const holdRenewalsMax = 3;

export interface ShownCart {
  version: number;
  lines: readonly StoredLine[];
  terms: StoredTerms;
  hold: Hold | undefined;
  price: PriceBreakdown;
  /** SKUs that cannot be bought at all. */
  notForSale: ReadonlySet<string>;
  factsOf: (sku: string) => Facts | undefined;
  pictureOf: (sku: string) => CartLine['image'] | undefined;
  /** Units that this shopper may buy, those kept for this cart included. */
  availableOf: (sku: string) => number;
  pointsAvailable: number;
  freeFreightFromFen: number;
}

/** The cart as it is shown; the same sums that checkout will charge. */
export function showCart(shown: ShownCart): Cart {
  const { price, terms, hold } = shown;
  const parcels = parcelsOf(shown.lines, terms);
  const lines = [...shown.lines.map((line, index) => boughtLine(shown, line, index)), ...giftLines(shown)];
  return {
    version: shown.version,
    currency: price.currency,
    lines,
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    goodsFen: price.goodsFen,
    discountFen: price.discountFen,
    pointsFen: price.pointsFen,
    pointsSpent: price.pointsSpent,
    pointsAvailable: shown.pointsAvailable,
    freightFen: price.freightFen,
    freightListFen: price.freightListFen,
    taxFen: price.taxFen,
    totalFen: price.totalFen,
    applied: price.applied,
    missed: price.missed,
    terms: {
      couponCodes: terms.couponCodes ?? price.applied.flatMap(({ couponCode }) => couponCode ?? []),
      pointsWanted: terms.pointsWanted ?? 0,
      paymentMethod: terms.paymentMethod ?? null,
    },
    delivery: { parcels: parcels.map(({ lines: own }) => ({ lines: [...own] })), pickupAt: terms.pickupAt ?? null },
    parcelCount: parcels.length + 1,
    hold:
      hold === undefined
        ? null
        : { expiresAt: hold.expiresAt.toISOString(), renewalsLeft: Math.max(0, holdRenewalsMax - hold.renewals) },
    freeFreightGapFen:
      price.freightFen === 0 || parcels.length > 0
        ? 0
        : Math.max(0, shown.freeFreightFromFen - (price.goodsFen - price.discountFen)),
    isReady: shown.lines.length > 0 && !lines.some((line) => line.notices.some((notice) => hindering.includes(notice))),
  };
}

function boughtLine(shown: ShownCart, line: StoredLine, index: number): CartLine {
  const priced = pricedLineOf(shown.price, index);
  const isForSale = priced !== undefined && !shown.notForSale.has(line.sku);
  const available = isForSale ? shown.availableOf(line.sku) : 0;
  return {
    ...namesOf(shown, line.sku),
    quantity: line.quantity,
    available,
    unitFen: isForSale ? priced.unitFen : null,
    listFen: isForSale ? priced.listFen : null,
    seenFen: line.seenFen,
    goodsFen: isForSale ? priced.unitFen * line.quantity : 0,
    discountFen: isForSale ? priced.discountFen : 0,
    amountFen: isForSale ? priced.amountFen : 0,
    adjustments: isForSale ? priced.adjustments : [],
    isGift: false,
    notices: isForSale ? [...priceNotices(line, priced.unitFen), ...stockNotices(line, available)] : ['not_for_sale'],
  };
}

const giftLines = (shown: ShownCart): CartLine[] =>
  shown.price.lines
    .filter((line) => line.isGift)
    .map((line) => ({
      ...namesOf(shown, line.sku),
      quantity: line.quantity,
      available: shown.availableOf(line.sku),
      unitFen: line.unitFen,
      listFen: line.listFen,
      seenFen: line.unitFen,
      goodsFen: line.unitFen * line.quantity,
      discountFen: line.discountFen,
      amountFen: line.amountFen,
      adjustments: line.adjustments,
      isGift: true,
      notices: [],
    }));

function namesOf({ factsOf, pictureOf }: ShownCart, sku: string) {
  const facts = factsOf(sku);
  return {
    sku,
    productId: facts?.productId ?? null,
    slug: facts?.slug ?? null,
    name: facts?.name ?? sku,
    nameEn: facts?.nameEn ?? '',
    options: facts?.options ?? [],
    image: pictureOf(sku) ?? null,
  };
}

function priceNotices({ seenFen }: StoredLine, nowFen: number): Notice[] {
  if (seenFen === nowFen) return [];
  return [nowFen > seenFen ? 'price_up' : 'price_down'];
}

function stockNotices({ quantity }: StoredLine, available: number): Notice[] {
  if (available >= quantity) return [];
  return [available === 0 ? 'out_of_stock' : 'stock_short'];
}

const hindering: readonly Notice[] = ['out_of_stock', 'stock_short', 'not_for_sale'];

export interface PlannedLine extends StoredLine {
  parcelNo: number;
  /** Names it in the price: its place in the cart, then its parcel. */
  key: string;
}

/** The parcels that count: none where the buyer comes for it, or where they no longer fit the cart. */
export const parcelsOf = (lines: readonly StoredLine[], { parcels = [], pickupAt }: StoredTerms): readonly ParcelWish[] =>
  typeof pickupAt === 'string' || splitParcels(lines, parcels) === undefined ? [] : parcels;

/** The lines as they will travel; parcels that no longer fit the cart do not count. */
export function planLines(lines: readonly StoredLine[], parcels: readonly ParcelWish[]): PlannedLine[] {
  const split = splitParcels(lines, parcels) ?? lines.map((line) => ({ ...line, parcelNo: 1 }));
  return split.map((line) => ({
    ...line,
    key: keyOf(
      lines.findIndex(({ sku }) => sku === line.sku),
      line.parcelNo,
    ),
  }));
}

const keyOf = (index: number, parcelNo: number): string => `${index}:${parcelNo}`;

type PricedLine = PriceBreakdown['lines'][number];

/** What a line of the cart costs, all its parcels together; undefined when it has no price. */
export function pricedLineOf(price: PriceBreakdown, index: number): PricedLine | undefined {
  const parts = price.lines.filter(({ key, isGift }) => !isGift && key.startsWith(`${index}:`));
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first;
  const sum = (of: (part: PricedLine) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    ...first,
    quantity: sum(({ quantity }) => quantity),
    discountFen: sum(({ discountFen }) => discountFen),
    amountFen: sum(({ amountFen }) => amountFen),
    taxFen: sum(({ taxFen }) => taxFen),
    adjustments: together(parts.flatMap(({ adjustments }) => adjustments)),
  };
}

/** What the same rule took off several parts, as one. */
function together(adjustments: PricedLine['adjustments']): PricedLine['adjustments'] {
  const byRule = Map.groupBy(adjustments, ({ stage, promotionId, from, couponCode }) =>
    [stage, promotionId, from, couponCode].join(' '),
  );
  return [...byRule.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const points = same.reduce((sum, one) => sum + (one.points ?? 0), 0);
    return { ...first, amountFen: same.reduce((sum, one) => sum + one.amountFen, 0), ...(points > 0 && { points }) };
  });
}

/**
 * The cart's lines split over parcels: what no parcel names goes with the first. Undefined when a parcel names more units than the cart
 * has, or nothing is left for the first.
 */
export function splitParcels(
  lines: readonly StoredLine[],
  parcels: readonly ParcelWish[],
): (StoredLine & { parcelNo: number })[] | undefined {
  const left = new Map(lines.map((line) => [line.sku, line.quantity]));
  const split: (StoredLine & { parcelNo: number })[] = [];
  for (const [index, parcel] of parcels.entries())
    for (const { sku, quantity } of parcel.lines) {
      const rest = (left.get(sku) ?? 0) - quantity;
      const line = lines.find((one) => one.sku === sku);
      if (line === undefined || rest < 0) return undefined;
      left.set(sku, rest);
      split.push({ ...line, quantity, parcelNo: index + 2 });
    }
  const first = lines.flatMap((line) => {
    const quantity = left.get(line.sku) ?? 0;
    return quantity === 0 ? [] : [{ ...line, quantity, parcelNo: 1 }];
  });
  return first.length === 0 ? undefined : [...first, ...split];
}
