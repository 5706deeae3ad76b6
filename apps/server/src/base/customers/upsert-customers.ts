import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { normalPhone } from './customer.ts';
import { customerCreated } from './events.ts';

/** A customer as a file knows one; what is left out stays as it is. */
export interface CustomerRow {
  source: 'import' | 'store';
  /** The number in the system it comes from: the same source and number is the same customer. */
  externalId: string;
  name?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  language?: 'zh-CN' | 'en' | undefined;
  /** When the firm first knew them; now when absent. */
  createdAt?: Date | undefined;
}

export interface UpsertedCustomer {
  externalId: string;
  customerId: string;
  outcome: 'new' | 'changed' | 'unchanged';
}

const rowsMax = 10_000;
const eventMax = 1000;

/** Adds customers and brings known ones up to date, any number at once; doing it again changes nothing. One outcome for each customer. */
export async function upsertCustomers(ctx: Ctx, rows: readonly CustomerRow[]): Promise<UpsertedCustomer[]> {
  const given = [...new Map(rows.map((row) => [`${row.source}\n${row.externalId}`, row])).values()];
  const upserted: UpsertedCustomer[] = [];
  for (let start = 0; start < given.length; start += rowsMax)
    upserted.push(...(await upsertSome(ctx, given.slice(start, start + rowsMax))));
  return upserted;
}

async function upsertSome(ctx: Ctx, rows: readonly CustomerRow[]): Promise<UpsertedCustomer[]> {
  const given = rows.map((row) => ({ ...row, phone: normalPhone(row.phone), createdAt: row.createdAt ?? ctx.now }));
  const written = await run(
    ctx.tx,
    sql<{ id: string; isNew: boolean }>`
      insert into customers.customer as c (name, phone, email, source, external_id, language, created_at)
      select coalesce(g.name, o.name, ''), coalesce(g.phone, o.phone), coalesce(g.email, o.email), g.source, g."externalId",
        coalesce(g.language, o.language, 'zh-CN'), coalesce(o.created_at, g."createdAt")
      from ${recordset(given)} left join customers.customer o on o.source = g.source and o.external_id = g."externalId"
      order by g.source, g."externalId"
      on conflict (source, external_id) do update set name = excluded.name, phone = excluded.phone, language = excluded.language,
        email = case when c.email_proved_at is null then excluded.email else c.email end
      where (c.name, c.phone, c.language) is distinct from (excluded.name, excluded.phone, excluded.language)
        or (c.email_proved_at is null and c.email is distinct from excluded.email)
      returning new.id, old.id is null as "isNew"`,
  );
  const ids = await run(
    ctx.tx,
    sql<{ source: string; externalId: string; id: string }>`select c.source, c.external_id as "externalId", c.id
      from ${recordset(given)} join customers.customer c on c.source = g.source and c.external_id = g."externalId"`,
  );

  const created = written.filter((row) => row.isNew).map((row) => row.id);
  for (let start = 0; start < created.length; start += eventMax)
    await emit(ctx, customerCreated, { customerIds: created.slice(start, start + eventMax) });
  const idOf = new Map(ids.map((row) => [`${row.source}\n${row.externalId}`, row.id]));
  const outcomeOf = new Map(written.map((row) => [row.id, row.isNew ? ('new' as const) : ('changed' as const)]));
  return given.map(({ source, externalId }) => {
    const customerId = idOf.get(`${source}\n${externalId}`) ?? '';
    return { externalId, customerId, outcome: outcomeOf.get(customerId) ?? 'unchanged' };
  });
}

const recordset = (rows: readonly object[]) =>
  sql`jsonb_to_recordset(${json(rows)}) as g (source text, "externalId" text, name text, phone text, email text,
    language text, "createdAt" timestamptz)`;
