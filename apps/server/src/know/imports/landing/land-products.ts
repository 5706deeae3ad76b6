import { type ProductRow, upsertProducts, type UpsertedProduct } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { setPrices } from '../../../sell/pricing/index.ts';
import { type ProductFileRow, readProductRows } from '../columns/product-row.ts';
import { rateOf } from './amount.ts';
import { categoriesOfFile } from './categories-of-file.ts';
import { countEffects } from './effects.ts';
import type { Job } from './job.ts';
import {
  type BadRow,
  blameRepeated,
  type Document,
  type Landed,
  type Line,
  type Prepare,
  readDocuments,
  splitGoodFromBad,
} from './judge.ts';
import { documentOf } from './read-file.ts';

/** Product files: one SKU a row; rows of the same style are variants of one product. Good variants land though another is bad. */
export function productsLander(job: Job): Prepare {
  const reader = readProductRows({ mapping: job.mapping, width: job.headers.length, rate: rateOf(job.options) });
  const { keyOf } = documentOf(job);
  return (block) => {
    const documents = readDocuments(block, reader, keyOf);
    for (const document of documents) blameRepeated(document.lines, 'sku', ({ row }) => row.sku);
    const { good, bad } = splitGoodFromBad(documents, { isWhole: false });
    return { judge: () => Promise.resolve(bad), land: (ctx) => land(ctx, good, bad) };
  };
}

async function land(ctx: Ctx, good: readonly Document<ProductFileRow>[], bad: BadRow[]): Promise<Landed> {
  const lines = good.flatMap((document) => document.lines);
  const categories = await categoriesOfFile(
    ctx,
    lines.flatMap(({ row }) => row.category ?? []),
  );
  const products = await upsertProducts(
    ctx,
    good.map((document) => productOf(document, categories)),
  );
  const priced = [...new Map(lines.map(({ row }) => [row.sku, row.priceFen])).entries()].flatMap(([sku, amountFen]) =>
    amountFen === undefined ? [] : [{ sku, amountFen }],
  );
  const prices = priced.length === 0 ? [] : await setPrices(ctx, priced);

  const outcomeOf = new Map(products.map(({ code, outcome }) => [code, outcome]));
  const newlyPriced = new Set(priced.filter((_, index) => prices[index] !== 'unchanged').map(({ sku }) => sku));
  const unchanged = lines.filter(
    ({ row }) => outcomeOf.get(row.style || row.sku) === 'unchanged' && !newlyPriced.has(row.sku),
  ).length;
  return {
    good: lines.length - unchanged,
    unchanged,
    bad,
    effects: countEffects([
      effectOf(
        'products',
        products.map(({ outcome }) => outcome),
      ),
      effectOf('prices', prices),
    ]),
    ledger: [],
  };
}

const effectOf = (what: 'products' | 'prices', outcomes: readonly UpsertedProduct['outcome'][]) => ({
  what,
  created: outcomes.filter((outcome) => outcome === 'new').length,
  changed: outcomes.filter((outcome) => outcome === 'changed').length,
  unchanged: outcomes.filter((outcome) => outcome === 'unchanged').length,
});

function productOf({ key, lines }: Document<ProductFileRow>, categories: ReadonlyMap<string, string>): ProductRow {
  const value = <K extends keyof ProductFileRow>(name: K): ProductFileRow[K] | undefined =>
    lines.map(({ row }) => row[name]).find((one) => one !== undefined && one !== '');
  const category = value('category');
  return {
    code: key,
    name: value('name') ?? key,
    nameEn: value('nameEn'),
    brand: value('brand'),
    category: category === undefined ? undefined : categories.get(category),
    line: value('line'),
    summary: value('summary'),
    state: value('state'),
    variants: [...new Map(lines.map((line) => [line.row.sku, variantOf(line)])).values()],
  };
}

function variantOf({ row }: Line<ProductFileRow>): ProductRow['variants'][number] {
  const options = [
    { name: '颜色', nameEn: 'Color', value: row.color, valueEn: row.color },
    { name: '尺码', nameEn: 'Size', value: row.size, valueEn: row.size },
  ].filter(({ value }) => value !== '');
  return {
    sku: row.sku,
    options: options.length === 0 ? undefined : options,
    barcode: row.barcode,
    weightGrams: row.weightGrams,
    costFen: row.costFen,
    taxRateBp: row.taxRateBp,
    shelfLifeDays: row.shelfLifeDays,
  };
}
