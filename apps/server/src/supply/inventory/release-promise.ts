import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { endAhead, lockAhead } from './ahead/end-ahead.ts';
import { giveBack, type Gone } from './give-back.ts';

/** Gives orders' promised units back. Safe to call twice: only what is still held goes back. Answers the units given back. */
export async function releasePromises(ctx: Ctx, orderIds: readonly string[]): Promise<number> {
  if (orderIds.length === 0) return 0;
  const released = await run(
    ctx.tx,
    sql<Gone>`update inventory.reservation set state = 'released', at = ${ctx.now}
      where (order_id, line_no, sku, location) in (
        select order_id, line_no, sku, location from inventory.reservation where order_id = any(${[...orderIds]}::uuid[]) and state = 'held'
        order by order_id, line_no, sku, location for update
      ) and state = 'held'
      returning order_id as "orderId", line_no as "lineNo", sku, location, quantity, quantity as held, shipped`,
  );
  const ahead = await lockAhead(ctx, orderIds);
  await endAhead(ctx, ahead);
  const waiting = ahead.reduce((sum, { quantity }) => sum + quantity, 0);
  return waiting + (await giveBack(ctx, released));
}

export const releasePromise = (ctx: Ctx, { orderId }: { orderId: string }): Promise<number> => releasePromises(ctx, [orderId]);

export interface ReleaseUnits {
  orderId: string;
  /**
   * `quantity` units of a line that still holds `of`; a kit's components go back in proportion. Of a line that is promised at several
   * places they go back where it holds least, unless a place is named.
   */
  lines: readonly { lineNo: number; quantity: number; of: number; location?: string | undefined }[];
}

/** Gives single units of an order's promise back. The caller holds the order's lock, so that the same units go back once. */
export async function releaseUnits(ctx: Ctx, { orderId, lines }: ReleaseUnits): Promise<number> {
  const held = await run(
    ctx.tx,
    sql<Gone>`select order_id as "orderId", line_no as "lineNo", sku, location, quantity, quantity as held, shipped
      from inventory.reservation
      where order_id = ${orderId} and state = 'held' and line_no = any(${lines.map(({ lineNo }) => lineNo)}::int[])
      order by order_id, line_no, sku, location for update`,
  );
  const waiting = (await lockAhead(ctx, [orderId])).filter(({ lineNo }) => lines.some((line) => line.lineNo === lineNo));
  const isWaiting = new Set<Gone>();
  const all = [
    ...held,
    ...waiting.map((row) => {
      const one = { ...row, held: row.quantity, shipped: 0 };
      isWaiting.add(one);
      return one;
    }),
  ];
  const gone = lines.flatMap((line) => unitsToGo(all, isWaiting, line));
  await endAhead(
    ctx,
    gone.filter(({ row }) => isWaiting.has(row)).map(({ row, quantity }) => ({ ...row, quantity })),
  );
  const back = gone.filter(({ row }) => !isWaiting.has(row)).map(({ row, quantity }) => ({ ...row, quantity }));
  await lower(ctx, back);
  await giveBack(ctx, back);
  return gone.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What has not come yet goes first, then units at the place that holds least: one parcel less, where it can be. */
function unitsToGo(
  rows: readonly Gone[],
  isWaiting: ReadonlySet<Gone>,
  { lineNo, quantity, of, location }: ReleaseUnits['lines'][number],
): { row: Gone; quantity: number }[] {
  const bySku = Map.groupBy(
    rows.filter((row) => row.lineNo === lineNo),
    (row) => row.sku,
  );
  const rank = (row: Gone) => (row.location === location ? 0 : isWaiting.has(row) ? 1 : 2);
  return [...bySku.values()].flatMap((own) => {
    let rest = Math.floor((own.reduce((sum, row) => sum + row.held, 0) * quantity) / of);
    return own
      .toSorted((a, b) => rank(a) - rank(b) || a.held - b.held || (a.location < b.location ? -1 : 1))
      .flatMap((row) => {
        const part = Math.min(rest, row.held);
        rest -= part;
        return part > 0 ? [{ row, quantity: part }] : [];
      });
  });
}

const lower = (ctx: Ctx, gone: readonly Gone[]) =>
  run(
    ctx.tx,
    sql`update inventory.reservation r set at = ${ctx.now},
        state = case when g.quantity = r.quantity then 'released' else r.state end,
        quantity = case when g.quantity = r.quantity then r.quantity else r.quantity - g.quantity end
      from jsonb_to_recordset(${json(gone)}) as g ("orderId" uuid, "lineNo" int, sku text, location text, quantity int)
      where r.order_id = g."orderId" and r.line_no = g."lineNo" and r.sku = g.sku and r.location = g.location`,
  );
