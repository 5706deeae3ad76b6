import type { PriceBreakdown } from '@tongshang/contract';
import type { ExplainedLine } from './price-lines.tsx';

/** A line somebody is putting together. */
export interface DraftLine {
  sku: string;
  name: string;
  nameEn: string;
  quantity: number;
}

const quantityMax = 1_000_000;

/** One more of a SKU: its line grows, or a new one stands at the end. */
export function withOneMore(lines: readonly DraftLine[], added: Omit<DraftLine, 'quantity'>): DraftLine[] {
  if (!lines.some(({ sku }) => sku === added.sku)) return [...lines, { ...added, quantity: 1 }];
  return lines.map((line) => (line.sku === added.sku ? { ...line, quantity: Math.min(line.quantity + 1, quantityMax) } : line));
}

export const withQuantity = (lines: readonly DraftLine[], sku: string, quantity: number): DraftLine[] =>
  lines.map((line) => (line.sku === sku ? { ...line, quantity } : line));

export const withoutSku = (lines: readonly DraftLine[], sku: string): DraftLine[] => lines.filter((line) => line.sku !== sku);

interface Quoted {
  price: Pick<PriceBreakdown, 'lines'>;
  names: readonly { sku: string; name: string; nameEn: string }[];
}

/** The draft's lines with what a quote says about them, then the gifts; a line that the quote does not know yet waits for its price. */
export function explainedLines(lines: readonly DraftLine[], quote: Quoted | undefined): ExplainedLine[] {
  const nameOf = new Map(quote?.names.map((one) => [one.sku, one]));
  const own = lines.map(({ sku, name, nameEn, quantity }): ExplainedLine => {
    const priced = quote?.price.lines.find((line) => line.sku === sku && !line.isGift && line.quantity === quantity);
    return { ...(priced ?? waiting), key: sku, sku, name, nameEn, quantity, isGift: false, isWaiting: priced === undefined };
  });
  const gifts = (quote?.price.lines ?? []).filter(({ isGift }) => isGift);
  return [
    ...own,
    ...gifts.map((gift) => {
      const { name = gift.sku, nameEn = '' } = nameOf.get(gift.sku) ?? {};
      return { ...gift, key: `gift ${gift.key}`, name, nameEn };
    }),
  ];
}

const waiting = { listFen: 0, unitFen: 0, discountFen: 0, amountFen: 0, taxRateBp: 0, taxFen: 0, adjustments: [] };
