import { fenOf } from '../landing/amount.ts';
import type { RowReader } from './order-row.ts';
import { type Field, takeBy } from './take.ts';

/** One SKU of a product file, understood; what the file leaves empty is undefined and stays as it is in the catalogue. */
export interface ProductFileRow {
  sku: string;
  name: string;
  /** 款号: rows of the same style are variants of one product. */
  style: string;
  nameEn: string | undefined;
  brand: string | undefined;
  category: string | undefined;
  line: 'apparel' | 'food' | 'appliance' | 'general' | undefined;
  color: string;
  size: string;
  barcode: string | undefined;
  priceFen: number | undefined;
  costFen: number | undefined;
  taxRateBp: number | undefined;
  weightGrams: number | undefined;
  shelfLifeDays: number | undefined;
  summary: string | undefined;
  state: 'draft' | 'active' | 'retired' | undefined;
}

const lineWords = {
  apparel: 'apparel', 服装: 'apparel', 服饰: 'apparel', 鞋服: 'apparel',
  food: 'food', 食品: 'food', 生鲜: 'food',
  appliance: 'appliance', 家电: 'appliance', 小家电: 'appliance', 电器: 'appliance',
  general: 'general', 百货: 'general', 其他: 'general', 通用: 'general',
} as const; // prettier-ignore

const stateWords = {
  active: 'active', 上架: 'active', 在售: 'active', 启用: 'active', 正常: 'active', 是: 'active', yes: 'active', '1': 'active',
  retired: 'retired', 下架: 'retired', 停售: 'retired', 停用: 'retired', 否: 'retired', no: 'retired', '0': 'retired',
  draft: 'draft', 草稿: 'draft', 待上架: 'draft',
} as const; // prettier-ignore

const orUndefined = (text: string): string | undefined => (text === '' ? undefined : text);

export function readProductRows({
  mapping,
  width,
  rate,
}: {
  mapping: readonly (Field | null)[];
  width: number;
  /** CNY for one unit of the file's currency. */
  rate: string;
}): RowReader<ProductFileRow> {
  const take = takeBy(mapping, width);
  const fen = (field: 'price' | 'cost'): number | undefined => {
    const value = take.micros(field, {});
    return value === undefined ? undefined : fenOf(1, value, rate);
  };
  const read = (cells: readonly string[]) => {
    take.open(cells);
    const name = take.text('name', 200);
    if (name === '') take.refuse('cell.missing', 'name');
    const row: ProductFileRow = {
      sku: take.id('sku', 64, true),
      name,
      style: take.id('style', 64, false),
      nameEn: orUndefined(take.text('nameEn', 200)),
      brand: orUndefined(take.text('brand', 100)),
      category: orUndefined(take.text('category', 100)),
      line: take.choice('line', lineWords),
      color: take.text('color', 60),
      size: take.text('size', 60),
      barcode: orUndefined(take.id('barcode', 32, false)),
      priceFen: fen('price'),
      costFen: fen('cost'),
      taxRateBp: readTaxRate(take.micros('taxRate', {}), () => take.refuse('number.too_large', 'taxRate')),
      weightGrams: take.whole('weight', { max: 10_000_000 }),
      shelfLifeDays: take.whole('shelfLifeDays', { max: 36_500 }),
      summary: orUndefined(take.text('summary', 500)),
      state: take.choice('state', stateWords),
    };
    return { row, reasons: take.reasons() };
  };
  return { read };
}

/** 13, 13% and 0.13 all mean thirteen per cent; the answer is basis points. */
function readTaxRate(value: number | undefined, refuse: () => undefined): number | undefined {
  if (value === undefined) return undefined;
  const basisPoints = Math.round(value < 1_000_000 ? value / 100 : value / 10_000);
  return basisPoints > 5_000 ? refuse() : basisPoints;
}
