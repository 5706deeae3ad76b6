import { catalog as contract } from '@tongshang/contract';
import { handle } from '../../platform/http.ts';
import { getKit, listKits, saveKit } from './kits.ts';
import { getProduct, listCategories, listProducts } from './queries.ts';
import { saveCategory } from './save-category.ts';
import { createProduct, editProduct } from './save-product.ts';

export const catalogRoutes = [
  handle(contract.listCategories, async (ctx) => ({ items: await listCategories(ctx.tx) })),
  handle(contract.saveCategory, (ctx, { body }) => saveCategory(ctx, body)),
  handle(contract.listProducts, (ctx, { query }) => listProducts(ctx.tx, query)),
  handle(contract.getProduct, (ctx, { params }) => getProduct(ctx.tx, params.id)),
  handle(contract.createProduct, (ctx, { body }) => createProduct(ctx, body)),
  handle(contract.editProduct, (ctx, { params, body }) => editProduct(ctx, params.id, body)),
  handle(contract.listKits, (ctx, { query }) => listKits(ctx.tx, query)),
  handle(contract.getKit, (ctx, { params }) => getKit(ctx.tx, params.sku)),
  handle(contract.saveKit, (ctx, { params, body }) => saveKit(ctx, { ...params, ...body })),
];
