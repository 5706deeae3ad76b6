import type { delivery as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { listLocations } from '../inventory/index.ts';
import { delivery } from './tables.ts';

type Body<E extends { body: z.ZodType }> = z.output<E['body']>;

/** Makes or changes a carrier, with the zones it counts provinces to; zones that are not given are no more. */
export async function saveCarrier(ctx: Ctx, { carrier: code, ...body }: { carrier: string } & Body<typeof contract.saveCarrier>) {
  const { name, nameEn: name_en, phone, isActive: is_active, zones } = body;
  await delivery(ctx.tx)
    .insertInto('carrier')
    .values({ code, name, name_en, phone, is_active })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ name, name_en, phone, is_active }))
    .execute();
  await delivery(ctx.tx).deleteFrom('zone').where('carrier', '=', code).execute();
  await run(
    ctx.tx,
    sql`insert into delivery.zone (carrier, origin, province, zone)
      select distinct on (origin, province) ${code}, origin, province, zone
      from jsonb_to_recordset(${json(zones)}) as z (origin text, province text, zone text)`,
  );
}

/** Makes or changes a service with its price table. Refuses `carrier.not_found`. */
export async function saveService(ctx: Ctx, { service: code, ...body }: { service: string } & Body<typeof contract.saveService>) {
  const { carrier, name, nameEn: name_en, storages, maximumGrams: maximum_grams, isActive: is_active, prices } = body;
  const known = await delivery(ctx.tx)
    .selectFrom('carrier')
    .select('code')
    .where('code', '=', carrier)
    .forShare()
    .executeTakeFirst();
  if (known === undefined) refuse('carrier.not_found', { carrier });
  const row = { carrier, name, name_en, storages, maximum_grams, is_active };
  await delivery(ctx.tx)
    .insertInto('service')
    .values({ code, ...row })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
    .execute();
  await delivery(ctx.tx).deleteFrom('price').where('service', '=', code).execute();
  await run(
    ctx.tx,
    sql`insert into delivery.price (service, zone, first_grams, first_fen, step_grams, step_fen, days)
      select distinct on (zone) ${code}, zone, "firstGrams", "firstFen", "stepGrams", "stepFen", days
      from jsonb_to_recordset(${json(prices)}) as p (zone text, "firstGrams" int, "firstFen" bigint, "stepGrams" int, "stepFen" bigint, days int)`,
  );
}

/** Says how a location takes part in delivery. Refuses `location.not_found`. */
export async function savePlace(ctx: Ctx, { location, ...body }: { location: string } & Body<typeof contract.savePlace>) {
  const { items } = await listLocations(ctx.tx);
  if (!items.some(({ code }) => code === location)) refuse('location.not_found', { location });
  const row = {
    province: body.province,
    address: body.address,
    phone: body.phone,
    cut_off: body.cutOff,
    weekdays: body.weekdays,
    ships: body.ships,
    offers_pickup: body.offersPickup,
    pickup_ready_minutes: body.pickupReadyMinutes,
    pickup_keep_days: body.pickupKeepDays,
    opening_hours: body.openingHours,
  };
  await delivery(ctx.tx)
    .insertInto('place')
    .values({ location, ...row })
    .onConflict((conflict) => conflict.column('location').doUpdateSet(row))
    .execute();
}

/** Sets days that differ from their weekday, and takes others out. */
export async function saveCalendar(ctx: Ctx, { days, asUsual }: Body<typeof contract.saveCalendar>): Promise<void> {
  if (asUsual.length > 0) await delivery(ctx.tx).deleteFrom('calendar').where('day', 'in', asUsual).execute();
  await run(
    ctx.tx,
    sql`insert into delivery.calendar (day, dispatches, delivers, name, name_en)
      select distinct on (day) day, dispatches, delivers, name, "nameEn"
      from jsonb_to_recordset(${json(days)}) as d (day date, dispatches boolean, delivers boolean, name text, "nameEn" text)
      on conflict (day) do update set dispatches = excluded.dispatches, delivers = excluded.delivers, name = excluded.name, name_en = excluded.name_en`,
  );
}
