import type { catalog as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { productChanged } from './events.ts';
import { findSkus } from './find-skus.ts';

type Kit = z.output<typeof contract.Kit>;

export interface Component {
  sku: string;
  /** Units of it in one kit. */
  quantity: number;
}

/** Whether anything at all is sold as a kit; who keeps the answer for a moment saves asking what SKUs are made of. */
export async function sellsKits(tx: Tx): Promise<boolean> {
  const [row] = await run(tx, sql<{ any: boolean }>`select exists (select from catalog.kit_component) as any`);
  return row?.any ?? false;
}

/** What those of these SKUs that are kits are made of, components in the order of their SKUs; a SKU that is no kit is absent. */
export async function componentsOf(tx: Tx, skus: readonly string[]): Promise<Map<string, Component[]>> {
  if (skus.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<Component & { kit: string }>`select kit_sku as kit, sku, quantity from catalog.kit_component
      where kit_sku = any(${[...new Set(skus)]}::text[]) order by kit_sku, sku`,
  );
  const kits = Map.groupBy(rows, (row) => row.kit);
  return new Map([...kits].map(([kit, components]) => [kit, components.map(({ sku, quantity }) => ({ sku, quantity }))]));
}

/** The kits that any of these SKUs is part of. */
export async function kitsMadeOf(tx: Tx, skus: readonly string[]): Promise<string[]> {
  if (skus.length === 0) return [];
  const rows = await run(
    tx,
    sql<{
      sku: string;
    }>`select distinct kit_sku as sku from catalog.kit_component where sku = any(${[...new Set(skus)]}::text[])`,
  );
  return rows.map(({ sku }) => sku);
}

/**
 * Makes a SKU a kit of these components; with none it is an ordinary SKU again. A kit never contains a kit, whoever edits at the same
 * time: all SKUs it touches are locked in one order first. Refuses `sku.not_found` and `kit.nested`.
 */
export async function saveKit(ctx: Ctx, { sku, components }: { sku: string; components: readonly Component[] }): Promise<Kit> {
  const parts = components.map((one) => one.sku);
  const variants = await lockVariants(ctx, [sku, ...parts]);
  const missing = [sku, ...parts].find((one) => !variants.has(one));
  if (missing !== undefined) refuse('sku.not_found', { sku: missing });
  const nested = parts.find((one) => one === sku || variants.get(one)?.isKit);
  if (nested !== undefined) refuse('kit.nested', { sku: nested });
  if (parts.length > 0 && variants.get(sku)?.isPart) refuse('kit.nested', { sku });

  await run(
    ctx.tx,
    sql`with gone as (delete from catalog.kit_component where kit_sku = ${sku} and sku <> all(${parts}::text[])),
      marked as (update catalog.variant set is_kit = ${parts.length > 0} where sku = ${sku})
      insert into catalog.kit_component as k (kit_sku, sku, quantity)
      select ${sku}, g.sku, g.quantity from jsonb_to_recordset(${json(components)}) as g (sku text, quantity int) order by g.sku
      on conflict (kit_sku, sku) do update set quantity = excluded.quantity`,
  );
  await emit(ctx, productChanged, { productIds: [variants.get(sku)?.productId ?? ''] });
  return getKit(ctx.tx, sku);
}

interface Variant {
  sku: string;
  productId: string;
  isKit: boolean;
  /** A kit holds it. */
  isPart: boolean;
}

/** Two statements: what is read after the lock is what others left. */
async function lockVariants(ctx: Ctx, skus: readonly string[]): Promise<Map<string, Variant>> {
  await run(ctx.tx, sql`select sku from catalog.variant where sku = any(${[...skus]}::text[]) order by sku for no key update`);
  const rows = await run(
    ctx.tx,
    sql<Variant>`select sku, product_id as "productId", is_kit as "isKit",
        exists (select from catalog.kit_component k where k.sku = v.sku) as "isPart"
      from catalog.variant v where sku = any(${[...skus]}::text[])`,
  );
  return new Map(rows.map((row) => [row.sku, row]));
}

/** What a SKU is made of; nothing when it is no kit. Refuses `sku.not_found`. */
export async function getKit(tx: Tx, sku: string): Promise<Kit> {
  const [kit] = await describe(tx, [sku]);
  return kit ?? refuse('sku.not_found', { sku });
}

/** Kits by SKU, a page at a time; or those that hold one SKU. */
export async function listKits(
  tx: Tx,
  { component, after, limit }: z.output<typeof contract.listKits.query>,
): Promise<z.input<typeof contract.listKits.reply>> {
  const rows = await run(
    tx,
    sql<{ sku: string }>`select distinct kit_sku as sku from catalog.kit_component
      where kit_sku > ${after ?? ''} and (${component === undefined} or sku = ${component ?? ''}) order by kit_sku limit ${limit + 1}`,
  );
  const skus = rows.slice(0, limit).map((row) => row.sku);
  return { items: await describe(tx, skus), next: rows.length > limit ? (skus.at(-1) ?? null) : null };
}

async function describe(tx: Tx, skus: readonly string[]): Promise<Kit[]> {
  const kits = await componentsOf(tx, skus);
  const facts = await findSkus(tx, [...skus, ...[...kits.values()].flat().map((one) => one.sku)]);
  return skus.flatMap((sku) => {
    const kit = facts.get(sku);
    if (kit === undefined) return [];
    const components = (kits.get(sku) ?? []).map((one) => {
      const { name = '', nameEn = '', options = [] } = facts.get(one.sku) ?? {};
      return { ...one, name, nameEn, options };
    });
    return [{ sku, productId: kit.productId, name: kit.name, nameEn: kit.nameEn, components }];
  });
}
