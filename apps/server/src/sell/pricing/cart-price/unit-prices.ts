// The stage `list`: which of a SKU's prices hold for this buyer and this many units.
import type { Buyer, ListPrice, PricedGoods } from './request.ts';

/** Minor units a unit. */
export interface UnitPrices {
  /** What everybody sees struck through. */
  listFen: number;
  /** The price of the list stage: a group's before the channel's before the general one. */
  unitFen: number;
  markdownFen: number | undefined;
  memberFen: number | undefined;
}

type Kind = ListPrice['kind'];

/** What a unit costs before any promotion, when the cart holds so many of the SKU; undefined when no list or channel price holds. */
export function findUnitPrices(goods: PricedGoods, quantity: number, buyer: Buyer): UnitPrices | undefined {
  const holding = goods.prices.filter((price) => price.fromQuantity <= quantity && isFor(price, buyer));
  const baseFen = lowest(holding, 'channel') ?? lowest(holding, 'list');
  if (baseFen === undefined) return undefined;
  return {
    listFen: publicPrice(goods.prices, 'channel') ?? publicPrice(goods.prices, 'list') ?? baseFen,
    unitFen: lowest(holding, 'group') ?? baseFen,
    markdownFen: lowest(holding, 'markdown'),
    memberFen: lowest(holding, 'member'),
  };
}

/** The lowest that a unit costs without a promotion. */
export const everydayFen = ({ unitFen, markdownFen = unitFen, memberFen = unitFen }: UnitPrices): number =>
  Math.min(unitFen, markdownFen, memberFen);

function isFor({ kind, group }: ListPrice, { customerId, tier, segments }: Buyer): boolean {
  if (group === null) return kind !== 'member' || customerId !== undefined;
  return group === tier || segments.includes(group);
}

/** Within one group the price from the highest quantity that is reached counts; of several groups the lowest. */
function lowest(holding: readonly ListPrice[], kind: Kind): number | undefined {
  let found: number | undefined;
  for (const price of holding) {
    if (price.kind !== kind || holding.some((other) => supersedes(other, price))) continue;
    if (found === undefined || price.amountFen < found) found = price.amountFen;
  }
  return found;
}

const supersedes = (other: ListPrice, price: ListPrice): boolean =>
  other.kind === price.kind && other.group === price.group && other.fromQuantity > price.fromQuantity;

const publicPrice = (prices: readonly ListPrice[], kind: Kind): number | undefined =>
  lowest(
    prices.filter((price) => price.group === null && price.fromQuantity === 1),
    kind,
  );
