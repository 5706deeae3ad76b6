import type { World } from '../../../test/world.ts';
import { upsertProducts } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { enqueue, type JobType } from '../../platform/jobs.ts';
import { importOrders } from '../../sell/orders/index.ts';
import { setPrices } from '../../sell/pricing/index.ts';
import { aPrice } from '../../sell/pricing/testing.ts';
import { receiveStock } from '../../supply/inventory/index.ts';
import { aTerm } from '../../supply/purchasing/testing.ts';
import { evaluateRules } from '../warnings/index.ts';
import { planCover } from './cover/cover.ts';
import type { Draft } from './decision/save-decision.ts';
import { coverSetting } from './settings.ts';

/** Runs a job now and everything it causes. */
export async function runJob(world: World, type: JobType): Promise<void> {
  await world.inTx((tx) => enqueue(tx, type, {}));
  await world.drain();
}

/** Two looks, so far apart that the hold time of every default rule is over. */
export async function fireWarnings(world: World): Promise<void> {
  world.clock.advance(60_000); // figures are those before the instant asked about
  await runJob(world, evaluateRules);
  world.clock.advance(61 * 60_000);
  await runJob(world, evaluateRules);
}

/** Units of these SKUs sold on each of the days before now, `unitsOf(0)` being today. */
export function sellDaily(
  world: World,
  skus: readonly string[],
  days: number,
  unitsOf: (daysAgo: number, index: number) => number,
  unitFen = 11_300,
): Promise<unknown> {
  return world.run((ctx) => {
    const ago = (daysAgo: number) => new Date(ctx.now.getTime() - daysAgo * 86_400_000 - 60_000);
    const orders = skus.flatMap((sku, index) =>
      Array.from({ length: days }, (_, daysAgo) => ({ daysAgo, quantity: unitsOf(daysAgo, index) }))
        .filter(({ quantity }) => quantity > 0)
        .map(({ daysAgo, quantity }) => ({
          channel: 'shop',
          externalId: `${sku}-${ago(daysAgo).toISOString()}`,
          placedAt: ago(daysAgo),
          lines: [{ sku, quantity, unitFen, taxRateBp: 1300, unitCostFen: 4_000 }],
        })),
    );
    return importOrders(ctx, { importId: crypto.randomUUID(), orders });
  });
}

/** A SKU that sells for ¥113.00 and that supplier F1 delivers at ¥12.00 in packs of ten. */
export async function aReplenished(ctx: Ctx, sku: string): Promise<void> {
  await aTerm(ctx, sku);
  await aPrice(ctx, sku, 11_300);
}

export interface SlowSku {
  sku: string;
  category: string;
  /** Standard cost, fen. */
  costFen?: number;
  /** How long its hundred units have lain. */
  ageDays?: number;
}

/** SKUs at ¥113.00, each with a hundred units that came in 200 days ago (or later), that sell one a week. */
export async function someSlowSkus(world: World, slow: readonly SlowSku[]): Promise<void> {
  await world.run(async (ctx) => {
    await upsertProducts(
      ctx,
      slow.map(({ sku, category, costFen = 4_000 }) => ({
        code: sku,
        name: sku,
        nameEn: `${sku} in English`,
        category,
        variants: [{ sku, costFen, taxRateBp: 1300 }],
      })),
    );
    const validFrom = new Date('2020-01-01T00:00:00Z');
    await setPrices(
      ctx,
      slow.map(({ sku }) => ({ sku, amountFen: 11_300, validFrom })),
      'test',
    );
    for (const [ageDays, same] of Map.groupBy(slow, (one) => one.ageDays ?? 200)) {
      const at = new Date(ctx.now.getTime() - ageDays * 86_400_000);
      const lines = same.map(({ sku, costFen = 4_000 }) => ({ sku, quantity: 100, unitCostFen: costFen }));
      await receiveStock(ctx, { cause: 'test', location: 'WH1', lines, at });
    }
  });
  await sellDaily(
    world,
    slow.map(({ sku }) => sku),
    29,
    (daysAgo) => (daysAgo % 7 === 1 ? 1 : 0),
  );
}

/** What the cover playbook would propose for a SKU that sells ten a day and has nothing: 150 units at ¥12.00. */
export async function aCoverDraft(ctx: Ctx, sku: string): Promise<Draft> {
  const setting = await coverSetting(ctx.tx);
  const assumptions = { supplier: 'F1', leadTimeDays: 7, reviewDays: 7, serviceLevelBp: 9500, dailyUnits: 10, dailyDeviation: 1 };
  const terms = { unitCostFen: 1_200, unitMarginFen: 6_000, packSize: 10, minimumQuantity: 10 };
  const plan = planCover({ available: 0, openPurchase: 0 }, assumptions, terms, { historyDays: 28 });
  const sales = Array.from({ length: 28 }, (_, index) => ({ day: `2026-10-${String(index + 1).padStart(2, '0')}`, units: 10 }));
  return {
    playbook: 'cover',
    entityKind: 'sku',
    entityKey: sku,
    entityName: sku,
    entityNameEn: sku,
    signal: undefined,
    amountFen: plan.proposal.amountFen,
    cause: {
      asOf: ctx.now.toISOString(),
      sales,
      dailyUnits: 10,
      dailyDeviation: 1,
      stock: [],
      available: 0,
      openPurchase: 0,
      coverDays: 0,
      demandChange: 0,
      contributions: [],
    },
    proposal: { sku, location: 'WH1', supplier: 'F1', expectedOn: '2026-11-29', assumptions, ...terms, ...plan.proposal },
    expected: plan.expected,
    setting: { ...setting, params: { ...setting.params, autoApproveFen: 0 } },
    arms: [],
  };
}
