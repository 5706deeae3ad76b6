import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { writeSerialEvents } from './write-serial-events.ts';

interface BackLine {
  sku: string;
  quantity: number;
  isSellable: boolean;
  serials?: readonly string[] | undefined;
}

interface BackHead {
  orderId: string;
  cause: string;
  location: string;
  at: Date;
}

/**
 * Appliances come back from the order that owns them, and from no other. Refuses `serial.not_sold_to_order` with the number, and
 * `serial.missing` when the order has more of the SKU than come back and it is not said which.
 */
export async function takeSerialsBack(ctx: Ctx, head: BackHead, lines: readonly BackLine[]): Promise<void> {
  const owned = Map.groupBy(await lockOwned(ctx, head.orderId), ({ sku }) => sku);
  const back = lines.flatMap((line) => {
    const left = owned.get(line.sku)?.map(({ serial }) => serial) ?? [];
    const serials = whichOf(line, left);
    owned.set(
      line.sku,
      left.flatMap((serial) => (serials.includes(serial) ? [] : { sku: line.sku, serial })),
    );
    const location = line.isSellable ? head.location : null;
    return serials.map((serial) => ({ sku: line.sku, serial, location }));
  });
  if (back.length === 0) return;
  await run(
    ctx.tx,
    sql`update inventory.serial s set state = 'in_stock', order_id = null, warranty_until = null, location = b.location, changed_at = ${head.at}
      from jsonb_to_recordset(${json(back)}) as b (sku text, serial text, location text) where s.sku = b.sku and s.serial = b.serial`,
  );
  const came = back.map((one) => ({ ...one, what: 'returned' as const, orderId: head.orderId }));
  const gone = back.filter(({ location }) => location === null).map((one) => ({ ...one, what: 'removed' as const }));
  await writeSerialEvents(ctx, head, [...came, ...gone]);
}

const lockOwned = (ctx: Ctx, orderId: string): Promise<{ sku: string; serial: string }[]> =>
  run(
    ctx.tx,
    sql<{ sku: string; serial: string }>`select sku, serial from inventory.serial
      where order_id = ${orderId} and state = 'shipped' order by sku, serial for update`,
  );

/** All of them, when all come back; else those that were named. */
function whichOf({ sku, quantity, serials = [] }: BackLine, owned: readonly string[]): readonly string[] {
  const foreign = serials.find((serial) => !owned.includes(serial));
  if (foreign !== undefined) refuse('serial.not_sold_to_order', { sku, serial: foreign });
  if (serials.length > 0 && new Set(serials).size !== quantity) refuse('serial.missing', { sku, wanted: quantity });
  if (serials.length > 0 || owned.length === 0) return serials;
  return owned.length <= quantity ? owned : refuse('serial.missing', { sku, wanted: quantity });
}
