// What one offer sees of the working copy: the pieces that it may touch, and which of them a filter means.
import type { LineFilter } from '@tongshang/contract';
import type { Offer, PricedGoods } from './request.ts';
import type { Piece, Run } from './run.ts';

export interface Seen {
  run: Run;
  pieces: readonly Piece[];
  /** What is left of each piece, minor units. */
  goods: readonly number[];
  /** Places in `pieces` that the offer may touch. */
  open: readonly number[];
  /** Places that it might touch if they were not sold at an exclusive price. */
  exclusive: readonly number[];
}

export function lookFor(run: Run, offer: Offer): Seen {
  const open: number[] = [];
  const exclusive: number[] = [];
  const joins = offer.joinsExclusive && run.stage !== 'exclusive';
  for (const [index, piece] of run.pieces.entries()) {
    if (run.closed[index] === true) continue;
    (piece.isExclusive && !joins ? exclusive : open).push(index);
  }
  return { run, pieces: run.pieces, goods: run.goods, open, exclusive };
}

export const meantBy = (seen: Seen, filter: LineFilter, places = seen.open): readonly number[] =>
  isEveryLine(filter) ? places : places.filter((index) => isMeant(filter, goodsAt(seen, index)));

export const sumAt = (amounts: readonly number[], places: readonly number[]): number =>
  places.reduce((sum, index) => sum + (amounts[index] ?? 0), 0);

export const countAt = (seen: Seen, places: readonly number[]): number =>
  places.reduce((sum, index) => sum + unitsAt(seen, index), 0);

export const unitsAt = (seen: Seen, index: number): number => seen.pieces[index]?.count ?? 0;

const goodsAt = (seen: Seen, index: number): PricedGoods | undefined => seen.pieces[index]?.cell.goods;

export const skuAt = (seen: Seen, index: number): string => goodsAt(seen, index)?.sku ?? '';

const isEveryLine = (filter: LineFilter): boolean =>
  filter.skus === undefined &&
  filter.productIds === undefined &&
  filter.categories === undefined &&
  filter.brands === undefined &&
  filter.exceptSkus === undefined &&
  filter.exceptCategories === undefined;

/** Whether a filter means these goods: every field that is there must agree, any entry of a field will do. */
export function isMeant(filter: LineFilter, goods: PricedGoods | undefined): boolean {
  if (goods === undefined) return false;
  const { skus, productIds, categories, brands, exceptSkus, exceptCategories } = filter;
  return (
    (skus === undefined || holds(skus, goods.sku)) &&
    (productIds === undefined || holds(productIds, goods.productId)) &&
    (brands === undefined || holds(brands, goods.brand)) &&
    (categories === undefined || isUnder(categories, goods.category)) &&
    (exceptSkus === undefined || !holds(exceptSkus, goods.sku)) &&
    (exceptCategories === undefined || !isUnder(exceptCategories, goods.category))
  );
}

const isUnder = (categories: readonly string[], category: string): boolean =>
  categories.some((above) => category === above || (category.startsWith(above) && category[above.length] === '/'));

/** Long lists are asked once a line and a promotion: a set of each is kept as long as the list itself lives. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();
function holds(list: readonly string[], entry: string): boolean {
  if (list.length <= 16) return list.includes(entry);
  let set = sets.get(list);
  if (set === undefined) sets.set(list, (set = new Set(list)));
  return set.has(entry);
}
