// What the warehouse did with the demo's stock lately: transfers, counts, broken goods, a freight bill that came late.
import { sql } from 'kysely';
import type { Ctx, StaffActor } from '../platform/ctx.ts';
import { run } from '../platform/db.ts';
import { addDays, addMs, dayOf } from '../platform/time.ts';
import {
  bookLandedCost,
  checkDrift,
  getCount,
  moveCondition,
  openCount,
  receiveTransfer,
  requestTransfer,
  sendTransfer,
  stockLevelsOf,
  submitCount,
} from '../supply/inventory/index.ts';
import { demoSkus } from './catalogue.ts';

const dayMs = 86_400_000;
type Staff = (role: 'warehouse' | 'operations') => StaffActor;

/**
 * A transfer that came with a shortage, one on the way, one late, one to be sent; a count that agreed, one whose difference waits for
 * approval, one to be counted; damaged and doubtful units; freight on the latest purchase; a drift report.
 */
export async function workInStock(ctx: Ctx, staff: Staff): Promise<void> {
  const as = (role: 'warehouse' | 'operations', daysAgo: number): Ctx => ({
    ...ctx,
    actor: staff(role),
    now: addMs(ctx.now, -daysAgo * dayMs),
  });
  const plenty = await plentyAt(ctx, 'WH1', 30);
  await transferSome(as, plenty);
  await countSome(ctx, as);
  await setSomeApart(as, plenty.slice(-2));
  await bookFreight(as('operations', 2));
  await checkDrift(as('warehouse', 1));
}

type As = (role: 'warehouse' | 'operations', daysAgo: number) => Ctx;

/** SKUs without serial numbers of which a place has more than enough. */
async function plentyAt(ctx: Ctx, location: string, most: number): Promise<string[]> {
  const skus = demoSkus.filter(({ item }) => item.line === 'apparel').map(({ sku }) => sku);
  const levels = await stockLevelsOf(ctx.tx, skus, location, ctx.now);
  return levels
    .filter(({ available }) => available > 16)
    .slice(0, most)
    .map(({ sku }) => sku);
}

async function transferSome(as: As, skus: readonly string[]): Promise<void> {
  const request = (ctx: Ctx, to: string, days: number, some: readonly string[], note?: string) =>
    requestTransfer(ctx, {
      from: 'WH1',
      to,
      expectedOn: addDays(dayOf(ctx.now), days),
      note,
      lines: some.map((sku, index) => ({ sku, quantity: 6 + (index % 3) * 2 })),
    });
  const came = skus.slice(0, 4);
  if (came.length > 0) {
    const { id } = await request(as('operations', 8), 'S01', 3, came, '湖滨店秋装补货');
    await sendTransfer(as('warehouse', 7), { id });
    const short = { lineNo: 1, received: 4, damaged: 1, reason: '外箱受潮：一件污损，少一件' };
    await receiveTransfer(as('warehouse', 5), { id, lines: [short] });
  }
  const onWay = skus.slice(4, 9);
  if (onWay.length > 0)
    await sendTransfer(as('warehouse', 1), await request(as('operations', 2), 'S02', 3, onWay, '徐家汇店周末活动'));
  const late = skus.slice(9, 11);
  if (late.length > 0) await sendTransfer(as('warehouse', 4), await request(as('operations', 5), 'S03', 3, late));
  const open = skus.slice(11, 14);
  if (open.length > 0) await request(as('operations', 0), 'S03', 2, open, '新街口店补货');
}

async function countSome(ctx: Ctx, as: As): Promise<void> {
  const counted = async (location: string, daysAgo: number, missing: number, note: string) => {
    const skus = await shelf(ctx, location, 4);
    if (skus.length === 0) return;
    const { id } = await openCount(as('warehouse', daysAgo), { location, items: skus.map(({ sku }) => ({ sku })), note });
    const { lines: sheet } = await getCount(ctx, id);
    const dearest = skus[0]?.sku;
    const tallies = sheet.map(({ lineNo, sku }) => {
      const there = skus.find((level) => level.sku === sku)?.onHand ?? 0;
      return { lineNo, sku, quantity: there - (sku === dearest ? missing : 0) };
    });
    await submitCount(as('warehouse', daysAgo - 0.1), { id, lines: tallies });
    if (missing > 0)
      await submitCount(as('operations', daysAgo - 0.3), { id, lines: tallies.filter(({ sku }) => sku === dearest) });
  };
  await counted('S03', 4, 0, '月度循环盘点');
  await counted('S01', 1, 8, '湖滨店抽盘');
  const next = await shelf(ctx, 'S02', 6);
  if (next.length > 0)
    await openCount(as('warehouse', 0), {
      location: 'S02',
      items: next.map(({ sku }, index) => ({ sku, bin: `A-${(index % 3) + 1}` })),
    });
}

/** SKUs of one lot or none at a place, the dearest first, as they are there now. */
async function shelf(ctx: Ctx, location: string, most: number): Promise<{ sku: string; onHand: number }[]> {
  const skus = demoSkus.filter(({ item }) => item.line === 'apparel').map(({ sku }) => sku);
  const levels = await stockLevelsOf(ctx.tx, skus, location, ctx.now);
  return levels
    .filter(({ onHand, promised }) => onHand - promised > 8)
    .toSorted((a, b) => b.unitCostFen - a.unitCostFen || (a.sku < b.sku ? -1 : 1))
    .slice(0, most);
}

async function setSomeApart(as: As, skus: readonly string[]): Promise<void> {
  const [torn, doubtful] = skus;
  const change = (sku: string, to: 'damaged' | 'inspection', quantity: number, reason: string) =>
    moveCondition(as('warehouse', 3), { sku, location: 'WH1', from: 'sellable', to, quantity, reason });
  if (torn !== undefined) await change(torn, 'damaged', 2, '拆箱时划破');
  if (doubtful !== undefined) await change(doubtful, 'inspection', 3, '色差待检');
}

async function bookFreight(ctx: Ctx): Promise<void> {
  const [latest] = await run(
    ctx.tx,
    sql<{
      cause: string;
    }>`select cause from inventory.movement where kind = 'receipt' and cause like 'purchase:%' order by id desc limit 1`,
  );
  if (latest === undefined) return;
  await bookLandedCost(ctx, {
    cause: latest.cause,
    kind: 'freight',
    amountFen: 68_000,
    basis: 'value',
    reference: '承运单 YD-20931',
  });
}
