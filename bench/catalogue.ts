// A big assortment, the same one every time, written by the use cases that files come in through; and pages of it to ask for.
import { type ProductRow, upsertCategories, upsertProducts } from '../apps/server/src/base/catalog/index.ts';
import { system } from '../apps/server/src/platform/ctx.ts';
import { type Db, inTx } from '../apps/server/src/platform/db.ts';
import { setPrices } from '../apps/server/src/sell/pricing/index.ts';
import { receiveStock, saveLocations } from '../apps/server/src/supply/inventory/index.ts';
import { brands, type Department, departments, type Kind, type Pair } from './assortment-words.ts';

/** Variants of each six products in a row: 20 SKUs. */
const variantCounts = [1, 2, 3, 4, 6, 4];
const perTransaction = 3000;
const twoLetters = 26 * 26;

interface BigSku {
  sku: string;
  priceFen: number;
  units: number;
}

/** Numbers that look random and are the same in every run. */
export function makeDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(from: readonly T[], dice: () => number): T => {
  const chosen = from[Math.floor(dice() * from.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

/**
 * Fills a migrated house with so many SKUs (200,000 by default, 60,000 products in 43 categories), their prices and stock, by the use
 * cases that imports call; the lists follow when the worker has run the reactions. Does nothing when they are there. Answers how many ms it took.
 */
export async function fillCatalogue(db: Db, { skus = 200_000, now = new Date() } = {}): Promise<number> {
  const begun = performance.now();
  const who = { actor: system('bench'), now };
  const { rows } = await db.pool.query<{ n: number }>(`select count(*)::int as n from catalog.variant where sku like 'BIG-%'`);
  if ((rows[0]?.n ?? 0) >= skus) return 0;
  await inTx(db, who, async (ctx) => {
    await saveLocations(ctx, [{ code: 'WH1', name: '中心仓', nameEn: 'Main warehouse', kind: 'warehouse' }]);
    await upsertCategories(ctx, categoryRows());
  });
  const products = Math.ceil((skus / 20) * variantCounts.length);
  for (let start = 0; start < products; start += perTransaction) {
    const made = Array.from({ length: Math.min(perTransaction, products - start) }, (_, index) => makeProduct(start + index));
    const variants = made.flatMap(({ variants: some }) => some);
    await inTx(db, who, async (ctx) => {
      await upsertProducts(ctx, made.map(({ row }) => row)); // prettier-ignore
      await setPrices(ctx, variants.map(({ sku, priceFen }) => ({ sku, amountFen: priceFen }))); // prettier-ignore
      const lines = variants
        .filter(({ units }) => units > 0)
        .map(({ sku, units, priceFen }) => ({ sku, quantity: units, unitCostFen: Math.round(priceFen * 0.4) }));
      await receiveStock(ctx, { cause: 'bench', location: 'WH1', lines });
    });
  }
  await db.pool.query(
    'analyze catalog.product, catalog.variant, catalog.search, catalog.media, pricing.price, inventory.stock, storefront.card',
  );
  return performance.now() - begun;
}

/**
 * The big assortment in a house whose worker runs: fills it, waits until the shop's lists show all of it (bounded, five minutes), and
 * answers the addresses of all products.
 */
export async function openBigShop(db: Db, { skus = 200_000 } = {}): Promise<string[]> {
  await fillCatalogue(db, { skus });
  const behind = `select (select count(*) from catalog.product where code like 'BIG-%')
    - (select count(*) from storefront.card where price_fen is not null and product_id in (select id from catalog.product where code like 'BIG-%'))
    + (select count(*) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts) as n`;
  for (let tries = 0; tries < 150; tries += 1) {
    const { rows } = await db.pool.query<{ n: number }>(behind);
    if ((rows[0]?.n ?? 0) < 20) break; // what is left comes every minute
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  await db.pool.query('vacuum analyze storefront.card');
  const { rows } = await db.pool.query<{ slug: string }>(
    `select slug from catalog.product where code like 'BIG-%' order by code`,
  );
  return rows.map(({ slug }) => slug);
}

function categoryRows(): { code: string; name: string; nameEn: string; position: number }[] {
  return departments.flatMap(({ slug, name, kinds }, index) => [
    { code: slug, name: name[0], nameEn: name[1], position: index },
    ...kinds.map((kind, position) => ({ code: `${slug}/${kind.slug}`, name: kind.name[0], nameEn: kind.name[1], position })),
  ]);
}

/** Product number `index` with its SKUs; one in eight SKUs is sold out. */
function makeProduct(index: number): { row: ProductRow; variants: BigSku[] } {
  const dice = makeDice(index + 1);
  const department = departments[Math.floor(dice() ** 1.5 * departments.length)] ?? pick(departments, dice); // some departments are bigger
  const kind = pick(department.kinds, dice);
  const words = [pick(department.features, dice), pick(department.materials, dice), pick(kind.nouns, dice)];
  const code = `BIG-${String(index).padStart(6, '0')}`;
  const model = modelOf(index);
  const brand = pick(brands, dice);
  const priceFen = Math.max(5, Math.round(kind.priceYuan * (0.4 + dice() * 1.6))) * 100 - 10;
  const variants = variantsOf(department, code, variantCounts[index % variantCounts.length] ?? 1, dice);
  const name = `${words.map(([zh]) => zh).join('')} ${model}`;
  const nameEn = `${words.map(([, en]) => en).join(' ')} ${model}`;
  return {
    row: {
      code, name, nameEn, brand, category: `${department.slug}/${kind.slug}`, line: department.line, ...saying(words, kind),
      variants: variants.map((variant) => ({ ...variant, costFen: Math.round(priceFen * 0.4), taxRateBp: department.taxRateBp, weightGrams: 300 })),
      images: [1, 2].map((shot) => ({ src: `/media/big/${index % 500}-${shot}.svg`, alt: name, altEn: nameEn, width: 800, height: 800 })),
    },
    variants: variants.map(({ sku }, position) => ({
      sku,
      priceFen: priceFen + Math.floor(position / 2) * 500,
      units: dice() < 0.125 ? 0 : 5 + Math.floor(dice() * 400),
    })),
  }; // prettier-ignore
}

/** What a maker says about it, and its facts. */
function saying(
  words: readonly Pair[],
  kind: Kind,
): Pick<ProductRow, 'summary' | 'summaryEn' | 'description' | 'descriptionEn' | 'specs'> {
  const [feature = ['', ''], material = ['', ''], noun = ['', '']] = words;
  return {
    summary: `${feature[0]}的${noun[0]}，${material[0]}材质，四季可用`,
    summaryEn: `A ${feature[1].toLowerCase()} ${noun[1]} of ${material[1]}, for every season`,
    description: `${noun[0]}选用${material[0]}，${feature[0]}而耐用。七天无理由退货，全国联保，附发票。`.repeat(4),
    descriptionEn: `This ${noun[1]} is made of ${material[1]}: ${feature[1].toLowerCase()} and built to last. Seven days to return it. `.repeat(4),
    specs: [
      { name: '材质', nameEn: 'Material', value: material[0], valueEn: material[1] },
      { name: '类别', nameEn: 'Kind', value: kind.name[0], valueEn: kind.name[1] },
    ],
  }; // prettier-ignore
}

/** Combinations of the department's two options, from a place that differs by product. */
function variantsOf({ axes }: Department, code: string, count: number, dice: () => number) {
  const [first, second] = axes;
  const offset = Math.floor(dice() * 8);
  const across = Math.min(count, second?.values.length ?? 1, count > 3 ? 2 : 3);
  return Array.from({ length: count }, (_, index) => ({
    sku: `${code}-${index + 1}`,
    options: [
      { axis: first, at: offset + Math.floor(index / across) },
      { axis: second, at: index % across },
    ].flatMap(({ axis, at }) => {
      const value = axis?.values[at % axis.values.length];
      return axis === undefined || value === undefined
        ? []
        : [{ name: axis.name[0], nameEn: axis.name[1], value: value[0], valueEn: value[1] }];
    }),
  }));
}

/** `KA-1234`: two letters and a number, as makers name models. */
const modelOf = (index: number): string => {
  const pairOfLetters = (index * 7919) % twoLetters;
  const letter = (at: number) => String.fromCodePoint(65 + at);
  return `${letter(Math.floor(pairOfLetters / 26))}${letter(pairOfLetters % 26)}-${1000 + (index % 9000)}`;
};
