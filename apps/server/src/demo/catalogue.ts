import type { ProductRow } from '../base/catalog/index.ts';
import { roundHalfUp } from '../platform/money.ts';
import { type Choice, type Item, items, type Season } from './assortment.ts';

/** One SKU of the demo, with all that the history needs to know of it. */
export interface DemoSku {
  sku: string;
  item: Item;
  priceFen: number;
  costFen: number;
  taxRateBp: number;
  season: Season;
  /** Units a day over all channels, at the start of the history, in an average season. */
  dailyUnits: number;
}

/** VAT of the demo: food at 9 %, everything else at 13 %. */
const taxRateOf = (item: Item): number => (item.line === 'food' ? 900 : 1300);

interface Combination {
  choices: { name: string; nameEn: string; choice: Choice }[];
  priceTimes: number;
  share: number;
}

/** Colours × sizes or packs, each with its share of the product's sales: middle sizes and first colours sell most. */
function combinations(item: Item): Combination[] {
  const axes = [
    { name: '颜色', nameEn: 'Colour', choices: item.colours, weights: [1, 0.75, 0.55, 0.4] },
    { name: '尺码', nameEn: 'Size', choices: item.sizes, weights: [0.6, 1, 0.9, 0.45] },
    { name: '规格', nameEn: 'Pack', choices: item.packs, weights: [1, 0.6] },
  ];
  let all: Combination[] = [{ choices: [], priceTimes: 1, share: 1 }];
  for (const { name, nameEn, choices, weights } of axes) {
    if (choices === undefined) continue;
    const sum = choices.reduce((total, _, index) => total + (weights[index] ?? 0.3), 0);
    all = all.flatMap((before) =>
      choices.map((choice, index) => ({
        choices: [...before.choices, { name, nameEn, choice }],
        priceTimes: before.priceTimes * (choice.priceTimes ?? 1),
        share: (before.share * (weights[index] ?? 0.3)) / sum,
      })),
    );
  }
  return all;
}

/** Prices end in 9 yuan, as shopkeepers like them. */
const priceFen = (yuan: number): number => (yuan < 60 ? Math.round(yuan) : Math.round(yuan / 10) * 10 - 1) * 100;

const skuCode = (item: Item, choices: Combination['choices']): string =>
  ['GY', item.code, ...choices.map(({ choice }) => choice.code)].join('-');

export const demoSkus: readonly DemoSku[] = items.flatMap((item) =>
  combinations(item).map(({ choices, priceTimes, share }) => {
    const price = priceFen(item.priceYuan * priceTimes);
    const taxRateBp = taxRateOf(item);
    return {
      sku: skuCode(item, choices),
      item,
      priceFen: price,
      costFen: roundHalfUp((price / (1 + taxRateBp / 10_000)) * item.costShare),
      taxRateBp,
      season: item.season,
      dailyUnits: item.dailyUnits * share,
    };
  }),
);

export interface Picture {
  file: string;
  shape: string;
  hex: string;
  line: Item['line'];
}

const pictureOf = (item: Item, hex: string): Picture => ({
  file: `demo/${item.code.toLowerCase()}-${hex.slice(1)}.svg`,
  shape: item.shape,
  hex,
  line: item.line,
});

/** Every picture the catalogue needs, once. */
export const pictures: readonly Picture[] = items.flatMap((item) =>
  (item.colours?.map((choice) => choice.hex ?? item.hex) ?? [item.hex]).map((hex) => pictureOf(item, hex)),
);

/** The products as the catalogue's door takes them. */
export const products = (): ProductRow[] => items.map(productOf);

function productOf(item: Item): ProductRow {
  const skus = combinations(item);
  return {
    code: `GY-${item.code}`,
    name: item.name,
    nameEn: item.nameEn,
    summary: item.summary,
    summaryEn: item.summaryEn,
    description: `${item.name}。${item.summary}。谷雨良品自营，七天无理由退换。`,
    descriptionEn: `${item.nameEn}. ${item.summaryEn}. Made for Guyu Goods; returns within seven days, no reason needed.`,
    brand: '谷雨良品',
    category: item.category,
    line: item.line,
    state: 'active',
    specs: item.specs.map(([name, nameEn, value, valueEn]) => ({ name, nameEn, value, valueEn })),
    variants: skus.map(({ choices }) => {
      const sku = skuCode(item, choices);
      return {
        sku,
        options: choices.map(({ name, nameEn, choice }) => ({ name, nameEn, value: choice.value, valueEn: choice.valueEn })),
        barcode: barcodeOf(sku),
        weightGrams: { apparel: 350, food: 500, appliance: 1800 }[item.line],
        costFen: demoSkus.find((one) => one.sku === sku)?.costFen,
        taxRateBp: taxRateOf(item),
        shelfLifeDays: item.shelfLifeDays ?? null,
        isLotTracked: item.line === 'food',
        isSerialised: item.line === 'appliance',
        warrantyMonths: item.line === 'appliance' ? 24 : null,
      };
    }),
    images: imagesOf(item, skus),
  };
}

function imagesOf(item: Item, skus: readonly Combination[]): NonNullable<ProductRow['images']> {
  const picture = (hex: string) => ({ src: `/media/${pictureOf(item, hex).file}`, width: 800, height: 800 });
  const main = { ...picture(item.hex), alt: item.name, altEn: item.nameEn };
  const coloured = skus.flatMap(({ choices }) => {
    const found = choices.find(({ choice }) => choice.hex !== undefined);
    if (found === undefined) return [];
    const { value, valueEn, hex = item.hex } = found.choice;
    return [{ ...picture(hex), alt: `${item.name} ${value}`, altEn: `${item.nameEn}, ${valueEn}`, sku: skuCode(item, choices) }];
  });
  return [main, ...coloured];
}

/** An EAN-13 of the in-store range (29…), made from the SKU; the last digit is the check digit of GS1. */
export function barcodeOf(sku: string): string {
  let hash = 0;
  for (const letter of sku) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  const body = `29${String(hash % 10_000_000_000).padStart(10, '0')}`;
  const sum = Array.from(body).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
