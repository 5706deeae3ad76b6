import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';

interface Leaving {
  sku: string;
  location: string;
  quantity: number;
  /** Which; the first in their order when absent. */
  serials: readonly string[] | undefined;
}

/**
 * Serial numbers leave with their units and stand nowhere until they arrive. Answers those of each line. Refuses
 * `transfer.serials_wrong` with the numbers that do not stand there.
 */
export async function sendSerials(ctx: Ctx, cause: string, lines: readonly Leaving[]): Promise<string[][]> {
  const there = await run(
    ctx.tx,
    sql<{ sku: string; serial: string }>`select sku, serial from inventory.serial
      where state = 'in_stock' and (sku, location) in (select sku, location from jsonb_to_recordset(${json(lines)}) as l (sku text, location text))
      order by sku, serial for update`,
  );
  const bySku = Map.groupBy(there, ({ sku }) => sku);
  const chosen = lines.map(({ sku, quantity, serials }) => {
    const open = (bySku.get(sku) ?? []).map(({ serial }) => serial);
    const unknown = (serials ?? []).filter((serial) => !open.includes(serial));
    if (unknown.length > 0) refuse('transfer.serials_wrong', { sku, serials: unknown });
    return serials === undefined ? open.slice(0, quantity) : [...serials];
  });
  await place(
    ctx,
    cause,
    lines.flatMap(({ sku }, index) =>
      (chosen[index] ?? []).map((serial) => ({ sku, serial, location: null, what: 'moved' as const })),
    ),
  );
  return chosen;
}

interface Placed {
  sku: string;
  serial: string;
  /** Null: nowhere in the house. */
  location: string | null;
  what: 'moved' | 'removed';
}

/** Serial numbers stand at another place now, or are gone; their history says so. */
export async function place(ctx: Ctx, cause: string, serials: readonly Placed[]): Promise<void> {
  if (serials.length === 0) return;
  await run(
    ctx.tx,
    sql`with placed as (
        select * from jsonb_to_recordset(${json(serials)}) as p (sku text, serial text, location text, what text)
      ), moved as (
        update inventory.serial s set location = placed.location, changed_at = ${ctx.now} from placed
        where s.sku = placed.sku and s.serial = placed.serial
      )
      insert into inventory.serial_event (sku, serial, what, location, cause, actor, at)
      select sku, serial, what, location, ${cause}, ${actorLabel(ctx.actor).name}, ${ctx.now} from placed`,
  );
}
