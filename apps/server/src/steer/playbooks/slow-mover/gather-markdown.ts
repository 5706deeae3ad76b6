import { listCategories } from '../../../base/catalog/index.ts';
import { type Figures, openFigures, queryMetrics, wholeHouse } from '../../../know/metrics/index.ts';
import { refuse } from '../../../platform/fail.ts';
import { addDays, dayOf } from '../../../platform/time.ts';
import type { Analytics } from '../../targets/index.ts';
import { contributionsOf } from '../cover/cover.ts';
import { daily, type Run } from '../cover/gather-cover.ts';
import type { SlowMoverCause, SlowMoverProposal, SlowMoverSetting } from '../decision.ts';
import type { Draft } from '../decision/save-decision.ts';
import { type AgedSku, readAgedSkus } from './aged-skus.ts';
import {
  type ArmRow,
  assignArms,
  type Candidate,
  type Exclusion,
  markdownPrice,
  planMarkdown,
  rootOf,
  sellThroughBp,
} from './slow-mover.ts';

export type MarkdownDraft = Omit<Draft, 'signal'> & { skus: readonly string[] };

/** How many SKUs are asked about at once. */
const chunkSize = 200;
/** A group is at most so large: those that tie up the most money. */
const groupMax = 200;
const recentDays = 7;

/**
 * One proposal for each group (root category) with enough SKUs whose stock is old and sells too little: who can be marked down and who
 * cannot, and why; then a random treated and control group. `skus` narrows it to those that fired; `category` to one group, for a person.
 */
export async function gatherMarkdowns(
  analytics: Analytics,
  run: Run,
  only: { skus?: ReadonlySet<string>; category?: string },
): Promise<MarkdownDraft[]> {
  const { setting, aged, names } = await run.inTx(async (ctx) => ({
    ...(await readAgedSkus(ctx, only)),
    names: new Map((await listCategories(ctx.tx)).map((category) => [category.code, category])),
  }));
  const figures = await openFigures(analytics, run.inTx);
  const groups = [...Map.groupBy(aged, ({ category }) => rootOf(category)).entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const drafts: MarkdownDraft[] = [];
  for (const [category, members] of groups) {
    const draft = await draftGroup(figures, run.now, setting, category, members);
    if (draft === undefined) continue;
    const name = names.get(category);
    drafts.push({ ...draft, entityName: name?.name ?? category, entityNameEn: name?.nameEn ?? category });
  }
  return drafts;
}

async function draftGroup(
  figures: Figures,
  now: Date,
  setting: { version: number; params: SlowMoverSetting },
  category: string,
  members: readonly AgedSku[],
): Promise<MarkdownDraft | undefined> {
  const { params } = setting;
  const to = addDays(dayOf(now), -1);
  const from = addDays(to, 1 - params.historyDays);
  const sold = await unitsBySku(
    figures,
    { from, to },
    members.map(({ sku }) => sku),
  );
  const slow = members
    .map((member) => ({ ...member, unitsSold: Math.max(0, sold.get(member.sku) ?? 0) }))
    .filter((member) => sellThroughBp(member.unitsSold, member.available) < params.sellThroughBelowBp)
    .toSorted((a, b) => tiedUp(b) - tiedUp(a) || (a.sku < b.sku ? -1 : 1))
    .slice(0, groupMax);
  const judged = slow.map((member) => ({ member, ...judge(member, params) }));
  const eligible = judged.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate]));
  if (eligible.length < params.groupMinimum) return undefined;

  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
  const { treated, control } = assignArms(eligible, { seed, treatedShareBp: params.treatedShareBp });
  const arms: ArmRow[] = [
    ...treated.map((row): ArmRow => ({ ...row, arm: 'treated', newPriceFen: markdownPrice(row, params) ?? null })),
    ...control.map((row): ArmRow => ({ ...row, arm: 'control', newPriceFen: null })),
  ];
  const assumptions = { elasticity: params.elasticity, depthBp: params.depthBp, windowDays: params.windowDays };
  const plan = planMarkdown(arms, assumptions, params.historyDays);
  const startsOn = addDays(dayOf(now), 1);
  const proposal: SlowMoverProposal = {
    category,
    seed,
    treatedCount: treated.length,
    controlCount: control.length,
    startsOn,
    endsOn: addDays(startsOn, params.windowDays - 1),
    amountFen: plan.amountFen,
    assumptions,
    options: plan.options,
  };
  const curve = await findCurve(
    figures,
    { from, to, days: params.historyDays },
    slow.map(({ sku }) => sku),
  );
  const cause: SlowMoverCause = { asOf: now.toISOString(), ...describe(judged, params), ...curve };
  const skus = eligible.map(({ sku }) => sku);
  return {
    playbook: 'slow_mover',
    entityKind: 'category',
    entityKey: category,
    entityName: category,
    entityNameEn: category,
    amountFen: plan.amountFen,
    cause,
    proposal,
    expected: plan.expected,
    setting,
    arms,
    skus,
  };
}

interface Judged extends Verdict {
  member: AgedSku & { unitsSold: number };
}

/** What is slow, how much money it ties up, and who is left out and why. */
function describe(judged: readonly Judged[], params: SlowMoverSetting): Omit<SlowMoverCause, 'asOf' | 'sales' | 'contributions'> {
  const slow = judged.map(({ member }) => member);
  return {
    stockAgeDays: params.stockAgeDays,
    sellThroughBelowBp: params.sellThroughBelowBp,
    stockUnits: slow.reduce((sum, member) => sum + member.onHand, 0),
    stockCostFen: slow.reduce((sum, member) => sum + tiedUp(member), 0),
    candidates: slow.map(({ sku, name, nameEn, category, ageDays, available, unitsSold }) => ({
      sku,
      name,
      nameEn,
      category,
      ageDays,
      available,
      unitsSold,
      sellThroughBp: sellThroughBp(unitsSold, available),
    })),
    excluded: judged.flatMap(({ member, why }) =>
      why === undefined ? [] : [{ sku: member.sku, name: member.name, nameEn: member.nameEn, why }],
    ),
  };
}

const tiedUp = ({ onHand, unitCostFen }: AgedSku): number => onHand * unitCostFen;

interface Verdict {
  candidate?: Candidate;
  why?: Exclusion;
}

/** Whether a SKU can be marked down, before anything is drawn, so that both groups are judged alike. */
function judge(member: AgedSku & { unitsSold: number }, params: SlowMoverSetting): Verdict {
  const { sku, name, nameEn, category, available, priceFen, floorFen, unitCostFen, taxRateBp } = member;
  if (member.isInOther) return { why: 'in_other_decision' };
  if (available <= 0) return { why: 'no_stock' };
  if (priceFen === undefined) return { why: 'no_price' };
  if (unitCostFen <= 0) return { why: 'no_cost' };
  if (member.isMarkedDown) return { why: 'already_marked_down' };
  const dailyUnits = member.unitsSold / params.historyDays;
  const candidate = {
    sku,
    name,
    nameEn,
    category,
    available,
    dailyUnits,
    oldPriceFen: priceFen,
    floorFen,
    unitCostFen,
    taxRateBp,
  };
  return markdownPrice(candidate, params) === undefined ? { why: 'below_floor' } : { candidate };
}

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

async function unitsBySku(
  figures: Figures,
  period: { from: string; to: string },
  skus: readonly string[],
): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  for (const some of chunksOf(skus, chunkSize)) {
    const answer = await queryMetrics(
      figures,
      {
        metrics: ['units_sold'],
        ...period,
        by: ['sku'],
        filters: { sku: some },
        limit: chunkSize,
      },
      wholeHouse,
    );
    for (const row of answer.rows) units.set(row.keys[0] ?? '', row.values['units_sold'] ?? 0);
  }
  return units;
}

/** The group's units by day, and by channel how the last week differs from the weeks before. */
async function findCurve(
  figures: Figures,
  { from, to, days }: { from: string; to: string; days: number },
  skus: readonly string[],
): Promise<Pick<SlowMoverCause, 'sales' | 'contributions'>> {
  const sales = new Map<string, number>();
  const [before, after] = [new Map<string, number>(), new Map<string, number>()];
  const recentFrom = addDays(to, 1 - recentDays);
  for (const some of chunksOf(skus, chunkSize)) {
    const ask = (period: { from: string; to: string }, by: 'day' | 'channel') =>
      queryMetrics(figures, { metrics: ['units_sold'], ...period, by: [by], filters: { sku: some }, limit: 1000 }, wholeHouse);
    const byDay = await ask({ from, to }, 'day');
    for (const { day, units } of daily(byDay, from, days)) sales.set(day, (sales.get(day) ?? 0) + units);
    addTo(before, await ask({ from, to: addDays(recentFrom, -1) }, 'channel'));
    addTo(after, await ask({ from: recentFrom, to }, 'channel'));
  }
  const spans = { before: Math.max(1, days - recentDays), after: recentDays };
  return {
    sales: [...sales].map(([day, units]) => ({ day, units })),
    contributions: contributionsOf('channel', before, after, spans),
  };
}

function addTo(sums: Map<string, number>, { rows }: Awaited<ReturnType<typeof queryMetrics>>): void {
  for (const row of rows) sums.set(row.keys[0] ?? '', (sums.get(row.keys[0] ?? '') ?? 0) + (row.values['units_sold'] ?? 0));
}

/** The same for one group that a person asks for. Refuses `decision.nothing_to_do` when the group is too small. */
export async function gatherMarkdown(analytics: Analytics, run: Run, category: string): Promise<MarkdownDraft> {
  const [draft] = await gatherMarkdowns(analytics, run, { category: rootOf(category) });
  return draft ?? refuse('decision.nothing_to_do', { category });
}
