// What an order keeps of its price, pure: lines with every amount, in the order in which they were asked for, gifts last.
import type { PriceBreakdown, PricedLine } from '@tongshang/contract';
import type { SkuFacts } from '../../base/catalog/index.ts';
import { allocate } from '../../platform/money.ts';

export interface FrozenLine {
  lineNo: number;
  sku: string;
  productId: string;
  category: string;
  name: string;
  nameEn: string;
  quantity: number;
  listFen: number;
  unitFen: number;
  discountFen: number;
  amountFen: number;
  taxRateBp: number;
  taxFen: number;
  unitCostFen: number;
  adjustments: PricedLine['adjustments'];
  isGift: boolean;
  parcelNo: number;
  /** Of a kit: its components, units of the whole line, each with its share of the amount. */
  components: FrozenComponent[] | undefined;
}

export interface FrozenComponent {
  sku: string;
  quantity: number;
  amountFen: number;
}

/** What a kit is made of, each component with the price of one unit that its share is weighed by, fen. */
export type KitParts = ReadonlyMap<string, readonly { sku: string; quantity: number; priceFen: number }[]>;

/**
 * The lines of a priced cart as an order keeps them. `parcelOf` tells the parcel of a line by its key; gifts go with the first. A kit's amount
 * is split over its components by what they would cost alone, by largest remainder: the shares sum to the line's amount.
 */
export function freezeLines(
  price: PriceBreakdown,
  facts: ReadonlyMap<string, SkuFacts>,
  { parcelOf, kits }: { parcelOf: (key: string) => number; kits: KitParts },
): FrozenLine[] {
  const lines = [...price.lines.filter((line) => !line.isGift), ...price.lines.filter((line) => line.isGift)];
  return lines.map((line, index) => {
    const known = facts.get(line.sku);
    if (known === undefined) throw new Error(`the price of ${line.sku} came without its facts`);
    return {
      lineNo: index + 1,
      sku: line.sku,
      productId: known.productId,
      category: known.category,
      name: known.name,
      nameEn: known.nameEn,
      quantity: line.quantity,
      listFen: line.listFen,
      unitFen: line.unitFen,
      discountFen: line.discountFen,
      amountFen: line.amountFen,
      taxRateBp: line.taxRateBp,
      taxFen: line.taxFen,
      unitCostFen: known.costFen,
      adjustments: line.adjustments,
      isGift: line.isGift,
      parcelNo: line.isGift ? 1 : parcelOf(line.key),
      components: splitKit(line, kits.get(line.sku)),
    };
  });
}

function splitKit({ quantity, amountFen }: PricedLine, parts: ReturnType<KitParts['get']>): FrozenComponent[] | undefined {
  if (parts === undefined) return undefined;
  const shares = allocate(
    amountFen,
    parts.map((part) => part.priceFen * part.quantity),
  );
  return parts.map((part, index) => ({ sku: part.sku, quantity: part.quantity * quantity, amountFen: shares[index] ?? 0 }));
}

/** Lines whose price of one unit is not the one that the buyer was shown. */
export const changedLines = (
  lines: readonly FrozenLine[],
  seen: ReadonlyMap<string, number>,
): { sku: string; seenFen: number | undefined; unitFen: number }[] =>
  lines
    .filter((line) => !line.isGift && seen.get(line.sku) !== line.unitFen)
    .map(({ sku, unitFen }) => ({ sku, seenFen: seen.get(sku), unitFen }));
