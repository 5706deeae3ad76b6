import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { fulfilmentRejected } from './events.ts';
import { soldLines } from './fulfilment.ts';
import { type LockedFulfilment, note } from './lock-fulfilments.ts';
import { type Shortage, spreadShortages } from './shortage.ts';
import { closeList, lockList, setState } from './start-picking.ts';

export interface FinishPicking {
  pickListId: string;
  shortages: readonly (Shortage & { reason: 'not_found' | 'damaged' })[];
}

/**
 * Everything of a pick list is in the picker's hands, but what is named as short: those units leave the fulfilments that go last, and are
 * told upwards to be routed anew. Refuses `pick_list.not_found`, `pick_list.wrong_state`, `pick_list.exceeds`.
 */
export async function finishPicking(ctx: Ctx, { pickListId, shortages }: FinishPicking): Promise<void> {
  const { fulfilments, location } = await lockList(ctx, pickListId);
  const lines = fulfilments.flatMap((one) => one.lines.map((line) => ({ ...line, dispatchBy: one.dispatchBy })));
  const { lowered, beyond } = spreadShortages(lines, shortages);
  if (beyond[0] !== undefined) refuse('pick_list.exceeds', { ...beyond[0] });

  const left = new Map(lowered.map(({ line, quantity }) => [line, line.quantity - quantity]));
  const kept = lines.map((line) => ({ ...line, kept: left.get(line) ?? line.quantity }));
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment_line l set quantity = r.kept, picked = r.kept
      from jsonb_to_recordset(${json(kept)}) as r ("fulfilmentId" uuid, "orderId" uuid, "lineNo" int, sku text, kept int)
      where l.fulfilment_id = r."fulfilmentId" and l.order_id = r."orderId" and l.line_no = r."lineNo" and l.sku = r.sku`,
  );
  const short = fulfilments.map((one) => ({
    one,
    lost: lowered.filter(({ line }) => line.fulfilmentId === one.id).map(({ line, quantity }) => ({ ...line, quantity })),
    isWhole: kept.every((line) => line.fulfilmentId !== one.id || line.kept === 0),
  }));
  const reasonOf = (skus: readonly string[]) => shortages.find(({ sku }) => skus.includes(sku))?.reason ?? 'not_found';
  await setState(
    ctx,
    short.map(({ one, isWhole, lost }) =>
      isWhole ? { id: one.id, state: 'rejected', reason: reasonOf(lost.map(({ sku }) => sku)) } : { id: one.id, state: 'picked' },
    ),
  );
  await closeList(ctx, pickListId, 'done');
  await note(
    ctx,
    short.map(({ one, isWhole, lost }) => ({
      fulfilmentId: one.id,
      state: isWhole ? ('rejected' as const) : ('picked' as const),
      what: isWhole ? 'rejected' : lost.length > 0 ? 'picked_short' : 'picked',
      details: lost.length > 0 ? { short: lost.map(({ sku, quantity }) => ({ sku, quantity })) } : {},
    })),
  );
  await tellShort(ctx, location, { short, shortages });
}

interface Short {
  one: LockedFulfilment;
  lost: { orderId: string; lineNo: number; sku: string; quantity: number; perSold: number }[];
  isWhole: boolean;
}

/** One telling a fulfilment and reason; the other parts of an incomplete kit travel with the reason of the part that was short. */
async function tellShort(
  ctx: Ctx,
  location: string,
  { short, shortages }: { short: readonly Short[]; shortages: FinishPicking['shortages'] },
): Promise<void> {
  const told = short.flatMap(({ one, lost, isWhole }) => {
    const reasonAt = new Map<string, 'not_found' | 'damaged'>();
    for (const { orderId, lineNo, sku } of lost) {
      const found = shortages.find((shortage) => shortage.sku === sku);
      if (found !== undefined) reasonAt.set(`${orderId} ${lineNo}`, found.reason);
    }
    const byReason = Map.groupBy(lost, ({ orderId, lineNo }) => reasonAt.get(`${orderId} ${lineNo}`) ?? 'not_found');
    return [...byReason].map(([reason, lines]) => ({
      fulfilmentId: one.id,
      number: one.number,
      location,
      reason,
      isWhole,
      units: lines
        .filter(({ sku }) => shortages.some((shortage) => shortage.sku === sku))
        .map(({ sku, quantity }) => ({ sku, quantity })),
      orders: soldLines(lines),
    }));
  });
  await emitMany(ctx, fulfilmentRejected, told);
}
