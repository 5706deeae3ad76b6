import { sql } from 'kysely';
import { provedEmailOf, provedPhoneOf } from '../../base/customers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';

const lookBackDays = 365;

/**
 * Gives a member the orders that they placed in the shop as a guest, within a year, to the phone that they have just proved to be theirs.
 * An order that somebody has stays theirs. What was told of it before stays told: figures count it as a guest's.
 */
export async function joinGuestOrders(ctx: Ctx, { customerId }: { customerId: string }): Promise<number> {
  const phone = await provedPhoneOf(ctx.tx, customerId);
  if (phone === undefined) return 0;
  const rows = await run(
    ctx.tx,
    sql`update orders."order" set customer_id = ${customerId}
      where right(recipient_phone, 4) = right(${phone}::text, 4) and recipient_phone = ${phone} and customer_id is null and channel = 'shop'
        and placed_at > ${ctx.now}::timestamptz - make_interval(days => ${lookBackDays}::int)
      returning id`,
  );
  return rows.length;
}

/**
 * The same by the mail address that a member has just proved: their orders as a guest whose invoice was made out to a person and sent
 * there. An invoice of a firm goes to its bookkeeper as likely as to its buyer, and joins nothing.
 */
export async function joinGuestOrdersByMail(ctx: Ctx, { customerId }: { customerId: string }): Promise<number> {
  const email = await provedEmailOf(ctx.tx, customerId);
  if (email === undefined) return 0;
  const rows = await run(
    ctx.tx,
    sql`update orders."order" set customer_id = ${customerId}
      where lower(invoice ->> 'email') = ${email} and invoice ->> 'kind' = 'personal' and invoice ->> 'email' is not null
        and customer_id is null and channel = 'shop'
        and placed_at > ${ctx.now}::timestamptz - make_interval(days => ${lookBackDays}::int)
      returning id`,
  );
  return rows.length;
}
