import type { customers as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { contactRevealed } from './events.ts';
import { listAddresses } from './queries.ts';
import { customers } from './tables.ts';

/** Shows a customer's full contact, and writes down who looked and why, in the same transaction: nobody looks unseen. */
export async function revealContact(
  ctx: Ctx,
  { id, reason }: { id: string; reason: string },
): Promise<z.input<typeof contract.revealContact.reply>> {
  const customer = await customers(ctx.tx)
    .selectFrom('customer')
    .select(['name', 'phone', 'email'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (customer === undefined) refuse('customer.not_found', { id });

  await emit(ctx, contactRevealed, { customerId: id, reason });
  return { ...customer, addresses: await listAddresses(ctx.tx, id) };
}
