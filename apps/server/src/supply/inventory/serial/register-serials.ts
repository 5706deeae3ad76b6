import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { writeSerialEvents } from './write-serial-events.ts';

interface NewSerial {
  sku: string;
  serial: string;
  location: string;
}

/**
 * Writes down which appliance stands where. Refuses `serial.taken` for a number that stands somewhere already or belongs to a buyer: it
 * comes back as a return only.
 */
export async function registerSerials(
  ctx: Ctx,
  serials: readonly NewSerial[],
  { cause = 'opening', at = ctx.now }: { cause?: string; at?: Date } = {},
): Promise<void> {
  if (serials.length === 0) return;
  const written = await run(
    ctx.tx,
    sql<{ sku: string; serial: string }>`insert into inventory.serial as s (sku, serial, location, state, changed_at)
      select sku, serial, location, 'in_stock', ${at} from jsonb_to_recordset(${json(serials)}) as n (sku text, serial text, location text)
      order by sku, serial
      on conflict (sku, serial) do update set location = excluded.location, changed_at = excluded.changed_at
        where s.state = 'in_stock' and s.location is null and (
          select what from inventory.serial_event e where e.sku = s.sku and e.serial = s.serial order by e.id desc limit 1) = 'removed'
      returning s.sku, s.serial`,
  );
  if (written.length < serials.length) {
    const came = new Set(written.map((row) => `${row.sku}\n${row.serial}`));
    refuse('serial.taken', { ...serials.find((one) => !came.has(`${one.sku}\n${one.serial}`)) });
  }
  await writeSerialEvents(
    ctx,
    { cause, at },
    serials.map(({ sku, serial, location }) => ({ sku, serial, location, what: 'received' })),
  );
}
