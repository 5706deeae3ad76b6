import { findSkus, listCategories, listSkus, type SkuFacts } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';
import { listLocations } from '../../supply/inventory/index.ts';
import type { Facts } from './facts.ts';

/** Which names ClickHouse has been told; what it has not is added to the facts that mention it. */
export interface NameBook {
  addNames: (tx: Tx, facts: Facts, changedProductIds: readonly string[], areCategoriesChanged: boolean) => Promise<void>;
}

const knownMax = 200_000;
const skuColumn = { order_line: 5, stock_move: 4 } as const;
const labelColumns = { order_line: [6, 8, 9], stock_move: [5] } as const;
const productsAtOnce = 5_000;

/** Names are told anew by every process that leads: forgetting costs a few rows, which melt. `nextVersion` must grow. */
export function openNameBook(nextVersion: () => number): NameBook {
  const knownSkus = new Set<string>();
  const knownLabels = new Set<string>();
  return {
    addNames: async (tx, facts, changedProductIds, areCategoriesChanged) => {
      if (knownSkus.size > knownMax) knownSkus.clear();
      const version = nextVersion();

      const mentioned = new Set<string>();
      addValues(mentioned, facts.order_line, [skuColumn.order_line]);
      addValues(mentioned, facts.stock_move, [skuColumn.stock_move]);
      const unknown = [...mentioned].filter((sku) => !knownSkus.has(sku));
      const named = new Map<string, SkuFacts>(unknown.length === 0 ? [] : await findSkus(tx, unknown));
      if (changedProductIds.length > 0)
        for (const sku of await listSkus(tx, { productIds: changedProductIds, limit: productsAtOnce })) named.set(sku.sku, sku);
      for (const sku of named.values())
        facts.sku.push([sku.sku, sku.category, fullName(sku, 'zh'), fullName(sku, 'en'), version, sku.productId]);
      for (const sku of unknown) knownSkus.add(sku);

      const labels = new Set<string>();
      addValues(labels, facts.order_line, labelColumns.order_line);
      addValues(labels, facts.stock_move, labelColumns.stock_move);
      const areAllKnown = [...labels].every((label) => label === '' || knownLabels.has(label));
      if (areAllKnown && !areCategoriesChanged) return;
      for (const label of labels) knownLabels.add(label);
      await addLabels(tx, facts, version);
    },
  };
}

function addValues(values: Set<string>, rows: readonly (readonly (string | number)[])[], columns: readonly number[]): void {
  for (const row of rows) for (const column of columns) values.add(String(row[column]));
}

async function addLabels(tx: Tx, facts: Facts, version: number): Promise<void> {
  for (const { code, name, nameEn } of await listCategories(tx))
    facts.label.push(['category', code, name, nameEn || name, version]);
  for (const { code, name, nameEn } of (await listLocations(tx)).items)
    facts.label.push(['store', code, name, nameEn || name, version]);
}

/** A variant is told apart by its options: `棉质T恤 红 / M`. */
function fullName(sku: SkuFacts, language: 'zh' | 'en'): string {
  const name = language === 'zh' ? sku.name : sku.nameEn || sku.name;
  const options = sku.options.map((option) => (language === 'zh' ? option.value : option.valueEn || option.value));
  return options.length === 0 ? name : `${name} ${options.join(' / ')}`;
}
