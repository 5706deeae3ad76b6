import { findSkus, upsertProducts } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';

/** Codes of a ledger that were seen in the catalogue by this run; a block mostly repeats those of the block before. */
export type KnownSkus = Map<string, string>;

/**
 * The SKU that each code of a ledger stands for: the catalogue's own spelling, else the code in capitals (`85123a` and `85123A` are one
 * article). A code that is in neither spelling there is absent.
 */
export async function findLedgerSkus(ctx: Ctx, codes: Iterable<string>, known: KnownSkus): Promise<void> {
  const wanted = [...new Set(codes)].filter((code) => !known.has(code));
  if (wanted.length === 0) return;
  const found = await findSkus(ctx.tx, [...wanted, ...wanted.map((code) => code.toUpperCase())]);
  for (const code of wanted) {
    const sku = found.has(code) ? code : code.toUpperCase();
    if (found.has(sku)) known.set(code, sku);
  }
}

/** Makes draft products of the codes that the catalogue lacks: nobody can buy them until a person puts them on sale. Answers how many are new. */
export async function createLedgerProducts(ctx: Ctx, names: ReadonlyMap<string, string>, known: KnownSkus): Promise<number> {
  const missing = new Map<string, string>();
  for (const [code, name] of names) {
    if (known.has(code)) continue;
    const sku = code.toUpperCase();
    if ((missing.get(sku) ?? '') === '') missing.set(sku, name);
    known.set(code, sku);
  }
  if (missing.size === 0) return 0;
  const written = await upsertProducts(
    ctx,
    [...missing].map(([sku, name]) => ({ code: sku, name: name || sku, line: 'general', state: 'draft', variants: [{ sku }] })),
  );
  return written.filter(({ outcome }) => outcome === 'new').length;
}
