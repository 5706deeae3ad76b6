import type { delivery as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { placeDaysChanged } from './events.ts';
import { delivery } from './tables.ts';

type Body = z.output<typeof contract.savePlaceCalendar.body>;

/** Sets a place's own days and takes others out, on the version that the screen showed. Refuses `location.not_found`, `calendar.stale`. */
export async function savePlaceCalendar(
  ctx: Ctx,
  { location, version, days, asUsual }: { location: string } & Body,
): Promise<{ version: number }> {
  const place = await delivery(ctx.tx)
    .selectFrom('place')
    .select('days_version as version')
    .where('location', '=', location)
    .forUpdate()
    .executeTakeFirst();
  if (place === undefined) return refuse('location.not_found', { location });
  if (place.version !== version) return refuse('calendar.stale', { location, version: place.version });
  const next = version + 1;
  await delivery(ctx.tx).updateTable('place').set({ days_version: next }).where('location', '=', location).execute();
  if (asUsual.length > 0)
    await delivery(ctx.tx).deleteFrom('place_day').where('location', '=', location).where('day', 'in', asUsual).execute();
  await run(
    ctx.tx,
    sql`insert into delivery.place_day (location, day, dispatches, name, name_en)
      select distinct on (day) ${location}, day, dispatches, name, "nameEn"
      from jsonb_to_recordset(${json(days)}) as d (day date, dispatches boolean, name text, "nameEn" text)
      on conflict (location, day) do update set dispatches = excluded.dispatches, name = excluded.name, name_en = excluded.name_en`,
  );
  await emit(ctx, placeDaysChanged, { location, days: days.map(({ day, dispatches }) => ({ day, dispatches })), asUsual });
  return { version: next };
}
