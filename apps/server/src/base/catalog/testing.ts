import type { Ctx } from '../../platform/ctx.ts';
import type { ProductRow, VariantRow } from './product.ts';
import { upsertCategories } from './upsert-categories.ts';
import { upsertProducts } from './upsert-products.ts';

/** A product for sale with one variant, or those given; answers its id. Its category is made when it is not there. */
export async function aProduct(ctx: Ctx, over: Partial<ProductRow> & { code: string }): Promise<string> {
  const category = over.category ?? 'test';
  const codes = category.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  await upsertCategories(
    ctx,
    codes.map((code) => ({ code, name: code, nameEn: code, position: 0 })),
  );
  const [made] = await upsertProducts(ctx, [{ name: over.code, variants: [{ sku: over.code }], ...over, category }]);
  if (made === undefined) throw new Error('no product was made');
  return made.productId;
}

/** SKUs for sale, each the one variant of a product of its own. */
export async function someSkus(ctx: Ctx, skus: readonly string[], over: Partial<VariantRow> = {}): Promise<void> {
  await upsertCategories(ctx, [{ code: 'test', name: 'test', nameEn: 'test', position: 0 }]);
  await upsertProducts(
    ctx,
    skus.map((sku) => ({ code: sku, name: sku, category: 'test', variants: [{ ...over, sku }] })),
  );
}
