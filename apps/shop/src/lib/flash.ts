import type { FlashItem, FlashSale } from '../views.ts';

/** The flash price of one variant that runs now. */
export interface FlashPrice extends Pick<FlashItem, 'sku' | 'flashFen' | 'left'> {
  endsAt: string | null;
  unitsPerCustomer: number | null;
}

/** Flash prices in money of a product's variants, the lowest of each; sold-out ones and those that cost points are left out. */
export function flashPrices(sales: readonly FlashSale[], productId: string): FlashPrice[] {
  const running = sales
    .filter(({ state }) => state === 'running')
    .flatMap(({ items, endsAt, unitsPerCustomer }) =>
      items
        .filter((item) => item.productId === productId && item.left > 0 && item.points === null)
        .map(({ sku, flashFen, left }) => ({ sku, flashFen, left, endsAt, unitsPerCustomer })),
    )
    .toSorted((one, other) => one.flashFen - other.flashFen);
  return running.filter(({ sku }, index) => running.findIndex((one) => one.sku === sku) === index);
}

export const flashOf = (flash: readonly FlashPrice[], sku: string | undefined): FlashPrice | undefined =>
  flash.find((one) => one.sku === sku);
