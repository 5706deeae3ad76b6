import { findRetiredBySlug } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';

/**
 * Why an address has no product page. Refuses `product.retired` (gone for good: search engines forget it, people are led to its category)
 * or `product.not_found`.
 */
export async function refuseMissing(tx: Tx, slug: string): Promise<never> {
  const retired = await findRetiredBySlug(tx, slug);
  return retired === undefined ? refuse('product.not_found', { slug }) : refuse('product.retired', { ...retired });
}
