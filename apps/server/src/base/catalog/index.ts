// The door of catalog.
export { categoryChanged, productChanged, productCreated } from './events.ts';
export { findRetiredBySlug } from './find-retired.ts';
export { barcodesOf } from './find-barcodes.ts';
export { type Goods, goodsAtAddresses, goodsOfProducts } from './find-goods.ts';
export { findSkus, listSkus, picturesOf, type SkuFacts } from './find-skus.ts';
export { componentsOf, kitsMadeOf, saveKit, sellsKits } from './kits.ts';
export { pathOf, type ProductRow } from './product.ts';
export { type CategoryFacts, type CategoryName, listCategories, listCategoryNames } from './queries.ts';
export { type Matches, matchProducts } from './search-products.ts';
export { findProductsBySlug, listProductIds, type PublicProduct, type ShownProduct, showProducts } from './shown-products.ts';
export { type CategoryRow, upsertCategories } from './upsert-categories.ts';
export { type UpsertedProduct, upsertProducts } from './upsert-products.ts';
