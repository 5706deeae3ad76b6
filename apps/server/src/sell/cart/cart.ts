// What a cart shows, pure: prices and stock as they are now, what changed since, and what checkout will charge.
import type { cart as contract } from '@tongshang/contract';
import type * as z from 'zod';

export type Cart = z.input<typeof contract.Cart>;
export type CartLine = z.input<typeof contract.CartLine>;
type Notice = (typeof contract.cartNotices)[number];

export interface StoredLine {
  sku: string;
  quantity: number;
  seenFen: number;
}

interface Facts {
  productId: string;
  slug: string;
  name: string;
  nameEn: string;
  options: CartLine['options'];
  image: CartLine['image'];
  state: string;
}

/** What is known about a line now; a missing fact or price means that it cannot be bought. */
export interface Known {
  facts: Facts | undefined;
  price: { amountFen: number; listFen: number } | undefined;
  available: number;
}

export function cartLine(line: StoredLine, { facts, price, available }: Known): CartLine {
  const isForSale = facts?.state === 'active' && price !== undefined;
  return {
    sku: line.sku,
    productId: facts?.productId ?? null,
    slug: facts?.slug ?? null,
    name: facts?.name ?? line.sku,
    nameEn: facts?.nameEn ?? '',
    options: facts?.options ?? [],
    image: facts?.image ?? null,
    quantity: line.quantity,
    available: isForSale ? available : 0,
    unitFen: isForSale ? price.amountFen : null,
    listFen: isForSale ? price.listFen : null,
    seenFen: line.seenFen,
    amountFen: isForSale ? price.amountFen * line.quantity : 0,
    notices: isForSale ? [...priceNotices(line, price.amountFen), ...stockNotices(line, available)] : ['not_for_sale'],
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

/** The whole estimate; the same sums that checkout will charge. */
export function cartOf(
  { version, lines }: { version: number; lines: CartLine[] },
  freight: { of: (goodsFen: number) => number; freeFromFen: number },
): Cart {
  const goodsFen = lines.reduce((sum, line) => sum + line.amountFen, 0);
  const freightFen = freight.of(goodsFen);
  return {
    version,
    currency: 'CNY',
    lines,
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    goodsFen,
    freightFen,
    totalFen: goodsFen + freightFen,
    freeFreightGapFen: freightFen === 0 ? 0 : freight.freeFromFen - goodsFen,
    isReady: lines.length > 0 && !lines.some((line) => line.notices.some((notice) => hindering.includes(notice))),
  };
}
