import { findSkus } from '../../../base/catalog/index.ts';
import { type Figures, openFigures, queryMetrics, wholeHouse } from '../../../know/metrics/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { addDays, dayOf } from '../../../platform/time.ts';
import { pricesAt } from '../../../sell/pricing/index.ts';
import { stockLevelsOf } from '../../../supply/inventory/index.ts';
import { openQuantity, supplyTerms } from '../../../supply/purchasing/index.ts';
import type { Analytics } from '../../targets/index.ts';
import type { CoverAssumptions, CoverCause, CoverProposal } from '../decision.ts';
import type { Draft } from '../decision/save-decision.ts';
import { coverSetting } from '../settings.ts';
import { nameEnOf, nameOf } from '../sku-words.ts';
import { unitMargin } from '../slow-mover/slow-mover.ts';
import { contributionsOf, coverDays, demandOf, planCover } from './cover.ts';

/** The days of the last week are held against those before it to say where demand changed. */
const recentDays = 7;

export interface Run {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  now: Date;
}

/**
 * What there is to say about one SKU's cover: why it is low, what to order, what to expect. Facts come from one transaction, figures from
 * know/metrics after it. Refuses `sku.not_found`, `supply_term.missing` without a supplier, and `decision.nothing_to_do` when stock and
 * open purchases reach the order-up-to level.
 */
export async function gatherCover(analytics: Analytics, run: Run, sku: string): Promise<Omit<Draft, 'signal'>> {
  const facts = await run.inTx((ctx) => readFacts(ctx, sku));
  const { setting, known, levels, openPurchase, term, priceFen } = facts;
  const figures = await openFigures(analytics, run.inTx);
  const { cause, demand } = await findCause(figures, run.now, sku, setting.params.historyDays, { levels, openPurchase });
  const assumptions: CoverAssumptions = {
    supplier: term.supplier,
    leadTimeDays: term.leadTimeDays,
    reviewDays: setting.params.reviewDays,
    serviceLevelBp: setting.params.serviceLevelBp,
    ...demand,
  };
  const margin = { unitCostFen: term.unitCostFen, taxRateBp: known.taxRateBp };
  const terms = { ...term, unitMarginFen: priceFen === undefined ? 0 : Math.max(0, unitMargin(priceFen, margin)) };
  const plan = planCover(cause, assumptions, terms, { historyDays: cause.sales.length });
  if (plan.proposal.quantity === 0) refuse('decision.nothing_to_do', { sku });
  const proposal: CoverProposal = {
    sku,
    location: setting.params.location,
    supplier: term.supplier,
    unitCostFen: term.unitCostFen,
    unitMarginFen: terms.unitMarginFen,
    packSize: term.packSize,
    minimumQuantity: term.minimumQuantity,
    expectedOn: addDays(dayOf(run.now), term.leadTimeDays),
    assumptions,
    ...plan.proposal,
  };
  return {
    playbook: 'cover',
    entityKind: 'sku',
    entityKey: sku,
    entityName: nameOf(known),
    entityNameEn: nameEnOf(known),
    amountFen: proposal.amountFen,
    cause,
    proposal,
    expected: plan.expected,
    setting,
    arms: [],
  };
}

async function readFacts(ctx: Ctx, sku: string) {
  const setting = await coverSetting(ctx.tx);
  const known = (await findSkus(ctx.tx, [sku])).get(sku) ?? refuse('sku.not_found', { sku });
  const levels = await stockLevelsOf(ctx.tx, [sku], undefined, ctx.now);
  const openPurchase = (await openQuantity(ctx.tx, [sku])).get(sku) ?? 0;
  const term = (await supplyTerms(ctx.tx, [sku])).get(sku) ?? refuse('supply_term.missing', { sku });
  const priceFen = (await pricesAt(ctx.tx, { skus: [sku], channel: 'shop', at: ctx.now })).get(sku)?.amountFen;
  return { setting, known, levels, openPurchase, term, priceFen };
}

async function findCause(
  figures: Figures,
  now: Date,
  sku: string,
  historyDays: number,
  stock: { levels: readonly { location: string; onHand: number; available: number }[]; openPurchase: number },
): Promise<{ cause: CoverCause; demand: ReturnType<typeof demandOf> }> {
  const to = addDays(dayOf(now), -1); // whole days only: today so far would pull the mean down
  const from = addDays(to, 1 - historyDays);
  const recentFrom = addDays(to, 1 - recentDays);
  const ask = (period: { from: string; to: string }, by: 'day' | 'channel') =>
    queryMetrics(figures, { metrics: ['units_sold'], ...period, by: [by], filters: { sku: [sku] }, limit: 1000 }, wholeHouse);
  const [byDay, before, after] = await Promise.all([
    ask({ from, to }, 'day'),
    ask({ from, to: addDays(recentFrom, -1) }, 'channel'),
    ask({ from: recentFrom, to }, 'channel'),
  ]);
  const sales = daily(byDay, from, historyDays);
  const demand = demandOf(sales.map(({ units }) => units));
  const contributions = contributionsOf('channel', unitsByKey(before), unitsByKey(after), {
    before: historyDays - recentDays || 1,
    after: recentDays,
  });
  const available = stock.levels.reduce((sum, level) => sum + level.available, 0);
  return {
    demand,
    cause: {
      asOf: now.toISOString(),
      sales,
      ...demand,
      stock: stock.levels.map(({ location, onHand, available: free }) => ({ location, onHand, available: free })),
      available,
      openPurchase: stock.openPurchase,
      coverDays: coverDays(available, demand.dailyUnits),
      demandChange: contributions.reduce((sum, { change }) => sum + change, 0),
      contributions,
    },
  };
}

type Answer = Awaited<ReturnType<typeof queryMetrics>>;

const unitsByKey = ({ rows }: Answer): Map<string, number> =>
  new Map(rows.map((row) => [row.keys[0] ?? '', row.values['units_sold'] ?? 0]));

/** One figure for each day, 0 where nothing was sold. */
export function daily(answer: Answer, from: string, days: number): { day: string; units: number }[] {
  const units = unitsByKey(answer);
  return Array.from({ length: days }, (_, index) => addDays(from, index)).map((day) => ({ day, units: units.get(day) ?? 0 }));
}
