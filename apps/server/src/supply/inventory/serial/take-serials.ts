import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { addMonths } from './warranty.ts';
import { writeSerialEvents } from './write-serial-events.ts';

interface Line {
  orderId: string;
  /** The document that sends it. */
  cause: string;
  sku: string;
  location: string;
  quantity: number;
  /** What was scanned; without it the first numbers in their order go. */
  serials?: readonly string[] | undefined;
}

interface Taken {
  index: number;
  sku: string;
  serial: string;
}

/**
 * Serial numbers get their new owner, the order, and their warranty begins: the scanned ones, else as many as each line ships. Answers
 * them line by line. The caller holds the locks of the stock rows. Refuses `serial.not_in_stock` for a number that does not stand there, and
 * `serial.missing` when fewer were scanned than leave.
 */
export async function takeSerials(ctx: Ctx, lines: readonly Line[]): Promise<string[][]> {
  const scanned = lines.flatMap(({ sku, location, serials = [] }) => serials.map((serial) => ({ sku, location, serial })));
  const taken = await take(ctx, lines);
  const went = new Set(taken.map(serialKey));
  const foreign = scanned.find((one) => !went.has(serialKey(one)));
  if (foreign !== undefined) refuse('serial.not_in_stock', foreign);
  for (const { sku, quantity, serials } of lines)
    if (serials !== undefined && serials.length > 0 && serials.length !== quantity)
      refuse('serial.missing', { sku, wanted: quantity });
  await startWarranty(ctx, lines, taken);
  const byLine = Map.groupBy(taken, ({ index }) => index);
  return lines.map((_, index) => (byLine.get(index + 1) ?? []).map(({ serial }) => serial));
}

const serialKey = ({ sku, serial }: { sku: string; serial: string }): string => `${sku}\n${serial}`;

const take = (ctx: Ctx, lines: readonly Line[]): Promise<Taken[]> =>
  run(
    ctx.tx,
    sql<Taken>`with wanted as (
        select index::int as index, order_id, sku, location, quantity, coalesce(serials, '[]') as serials,
          sum(case when coalesce(serials, '[]') = '[]' then quantity else 0 end) over w
            - case when coalesce(serials, '[]') = '[]' then quantity else 0 end as before
        from rows from (jsonb_to_recordset(${json(lines)}) as ("orderId" uuid, sku text, location text, quantity int, serials jsonb)) with ordinality
          as l (order_id, sku, location, quantity, serials, index)
        window w as (partition by sku, location order by index)
      ), scanned as (
        select w.index, w.order_id, w.sku, w.location, s.serial from wanted w, jsonb_array_elements_text(w.serials) as s (serial)
      ), open as (
        select s.sku, s.location, s.serial, row_number() over (partition by s.sku, s.location order by s.serial) as place
        from inventory.serial s
        where s.state = 'in_stock' and (s.sku, s.location) in (select sku, location from wanted where serials = '[]')
          and not exists (select from scanned c where c.sku = s.sku and c.serial = s.serial)
      ), chosen as (
        select index, order_id, sku, location, serial from scanned
        union all
        select w.index, w.order_id, o.sku, o.location, o.serial from wanted w join open o using (sku, location)
        where w.serials = '[]' and o.place > w.before and o.place <= w.before + w.quantity
      )
      update inventory.serial s set state = 'shipped', order_id = c.order_id, location = null, changed_at = ${ctx.now}
      from chosen c where s.sku = c.sku and s.serial = c.serial and s.location = c.location and s.state = 'in_stock'
      returning c.index as index, s.sku as sku, s.serial as serial`,
  );

/** The warranty of each runs from today, for as long as its product says. */
async function startWarranty(ctx: Ctx, lines: readonly Line[], taken: readonly Taken[]): Promise<void> {
  if (taken.length === 0) return;
  const facts = await findSkus(
    ctx.tx,
    taken.map(({ sku }) => sku),
  );
  const sold = taken.map(({ sku, serial }) => {
    const months = facts.get(sku)?.warrantyMonths ?? null;
    return { sku, serial, warrantyUntil: months === null ? null : addMonths(dayOf(ctx.now), months) };
  });
  await run(
    ctx.tx,
    sql`update inventory.serial s set warranty_until = w."warrantyUntil"
      from jsonb_to_recordset(${json(sold)}) as w (sku text, serial text, "warrantyUntil" date)
      where s.sku = w.sku and s.serial = w.serial`,
  );
  const happened = sold.map((one, index) => {
    const line = lines[(taken[index]?.index ?? 0) - 1];
    return { ...one, what: 'shipped' as const, orderId: line?.orderId, cause: line?.cause };
  });
  await writeSerialEvents(ctx, { cause: 'shipment' }, happened);
}
