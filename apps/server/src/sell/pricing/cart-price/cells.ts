// What the rules see instead of lines: lines may be merged, split and moved about, cells stay the same.
import { refuse } from '../../../platform/fail.ts';
import type { PricedGoods, PriceRequest, RequestLine } from './request.ts';
import { findUnitPrices, type UnitPrices } from './unit-prices.ts';

/** The units of one SKU in one parcel. */
export interface Cell {
  index: number;
  parcel: number;
  goods: PricedGoods;
  quantity: number;
  prices: UnitPrices;
  /** By key. */
  lines: RequestLine[];
}

/** The cells of a cart by SKU, then parcel. Refuses `price.missing` for goods without a list or channel price. */
export function gatherCells({ lines, buyer }: PriceRequest): Cell[] {
  const sorted = lines.toSorted(inOrder);
  const quantities = new Map<string, number>();
  for (const { goods, quantity } of sorted) quantities.set(goods.sku, (quantities.get(goods.sku) ?? 0) + quantity);

  const cells: Cell[] = [];
  for (const line of sorted) {
    const { goods, parcel = 0, quantity } = line;
    const last = cells.at(-1);
    if (last?.goods.sku === goods.sku && last.parcel === parcel) {
      last.quantity += quantity;
      last.lines.push(line);
      continue;
    }
    const prices =
      last?.goods.sku === goods.sku ? last.prices : findUnitPrices(goods, quantities.get(goods.sku) ?? quantity, buyer);
    if (prices === undefined) refuse('price.missing', { sku: goods.sku });
    cells.push({ index: cells.length, parcel, goods, quantity, prices, lines: [line] });
  }
  return cells;
}

const inOrder = (a: RequestLine, b: RequestLine): number =>
  byCode(a.goods.sku, b.goods.sku) || (a.parcel ?? 0) - (b.parcel ?? 0) || byCode(a.key, b.key);

/** One order for everybody, whatever the machine's language. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
