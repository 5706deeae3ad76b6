import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { addMs } from '../../../platform/time.ts';
import { marginFloors, pricesAt } from '../../../sell/pricing/index.ts';
import { agedStock, availabilityOf } from '../../../supply/inventory/index.ts';
import type { SlowMoverSetting } from '../decision.ts';
import { slowMoverSetting } from '../settings.ts';
import { nameEnOf, nameOf } from '../sku-words.ts';
import { rootOf } from './slow-mover.ts';

const dayMs = 86_400_000;

export interface AgedSku {
  sku: string;
  name: string;
  nameEn: string;
  category: string;
  /** The oldest units have lain at least so long. */
  ageDays: number;
  onHand: number;
  available: number;
  /** Undefined without a price in the shop. */
  priceFen: number | undefined;
  isMarkedDown: boolean;
  floorFen: number;
  unitCostFen: number;
  taxRateBp: number;
  isInOther: boolean;
}

/** SKUs with stock older than the playbook's line, with what it takes to judge whether they can be marked down. */
export async function readAgedSkus(
  ctx: Ctx,
  only: { skus?: ReadonlySet<string>; category?: string },
): Promise<{ setting: { version: number; params: SlowMoverSetting }; aged: AgedSku[] }> {
  const setting = await slowMoverSetting(ctx.tx);
  const ages = await agesOf(ctx, setting.params.stockAgeDays);
  const fired = [...ages.keys()].filter((sku) => only.skus === undefined || only.skus.has(sku));
  const known = await findSkus(ctx.tx, fired);
  const skus = fired.filter((sku) => {
    const facts = known.get(sku);
    return facts?.state === 'active' && (only.category === undefined || rootOf(facts.category) === only.category);
  });
  const available = await availabilityOf(ctx.tx, { skus, at: ctx.now });
  const prices = await pricesAt(ctx.tx, { skus, channel: 'shop', at: ctx.now });
  const floors = await marginFloors(ctx.tx, skus);
  const busy = await busySkus(ctx, skus);
  const aged = skus.flatMap((sku): AgedSku[] => {
    const facts = known.get(sku);
    const age = ages.get(sku);
    if (facts === undefined || age === undefined) return [];
    const price = prices.get(sku);
    return [
      {
        sku,
        name: nameOf(facts),
        nameEn: nameEnOf(facts),
        category: facts.category,
        ...age,
        available: available.get(sku) ?? 0,
        priceFen: price?.amountFen,
        isMarkedDown: price?.kind === 'markdown',
        floorFen: floors.get(sku) ?? 0,
        unitCostFen: facts.costFen,
        taxRateBp: facts.taxRateBp,
        isInOther: busy.has(sku),
      },
    ];
  });
  return { setting, aged };
}

/** How long the oldest units of each SKU have lain at least: the line, twice, or four times it. */
async function agesOf(ctx: Ctx, lineDays: number): Promise<Map<string, { ageDays: number; onHand: number }>> {
  const ages = new Map<string, { ageDays: number; onHand: number }>();
  for (const ageDays of [lineDays, lineDays * 2, lineDays * 4])
    for (const { sku, onHand, agedUnits } of await agedStock(ctx.tx, addMs(ctx.now, -ageDays * dayMs)))
      if (agedUnits > 0) ages.set(sku, { ageDays, onHand });
  return ages;
}

/** SKUs that another open mark-down holds; a proposal of the house that nobody touched gives way, so its SKUs are free. */
async function busySkus(ctx: Ctx, skus: readonly string[]): Promise<Set<string>> {
  const rows = await run(
    ctx.tx,
    sql<{ sku: string }>`select a.sku from playbooks.arm a join playbooks.decision d on d.id = a.decision_id
      where a.is_open and a.sku = any(${skus}::text[]) and not (d.state = 'proposed' and d.proposed_by_kind = 'system')`,
  );
  return new Set(rows.map((row) => row.sku));
}
