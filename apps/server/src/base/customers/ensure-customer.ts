import { sql } from 'kysely';
import { linkCustomer } from '../identity/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { customerCreated, phoneProved } from './events.ts';
import { customers } from './tables.ts';

/**
 * The customer behind a signed-in phone: the one this user has already; else the oldest that the firm knows under this phone and
 * nobody has claimed, so that a guest's or an imported history becomes the member's; else a new one.
 */
export async function ensureCustomerForUser(ctx: Ctx, member: { userId: string; phone: string }): Promise<string> {
  const customerId = await customerFor(ctx, member);
  await emit(ctx, phoneProved, { customerId });
  return customerId;
}

/** The phone of a customer who signs in with it; undefined for everybody else. */
export async function provedPhoneOf(tx: Tx, customerId: string): Promise<string | undefined> {
  const row = await customers(tx)
    .selectFrom('customer')
    .select('phone')
    .where('id', '=', customerId)
    .where('user_id', 'is not', null)
    .executeTakeFirst();
  return row?.phone ?? undefined;
}

async function customerFor(ctx: Ctx, { userId, phone }: { userId: string; phone: string }): Promise<string> {
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('customers.phone:' || ${phone}, 0))`); // two devices at once
  const [mine] = await run(ctx.tx, sql<{ id: string }>`select id from customers.customer where user_id = ${userId}`);
  if (mine !== undefined) return mine.id;

  const [claimed] = await run(
    ctx.tx,
    sql<{ id: string }>`update customers.customer set user_id = ${userId}
      where id = (select id from customers.customer where phone = ${phone} and user_id is null order by created_at, id limit 1 for update)
      returning id`,
  );
  const customerId = claimed?.id ?? (await addMember(ctx, userId, phone));
  await linkCustomer(ctx, { userId, customerId });
  return customerId;
}

async function addMember(ctx: Ctx, userId: string, phone: string): Promise<string> {
  const rows = await run(
    ctx.tx,
    sql<{
      id: string;
    }>`insert into customers.customer (phone, user_id, source, created_at) values (${phone}, ${userId}, 'shop', ${ctx.now}) returning id`,
  );
  const id = rows[0]?.id ?? '';
  await emit(ctx, customerCreated, { customerIds: [id] });
  return id;
}
