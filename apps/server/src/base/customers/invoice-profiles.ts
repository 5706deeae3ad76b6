import type { customers as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { customers } from './tables.ts';

type InvoiceProfile = z.input<typeof contract.InvoiceProfile>;
type InvoiceForm = z.output<typeof contract.addInvoiceProfile.body>;

const profilesMax = 10;

/** A member's invoice profiles, the default first, then the newest. */
export function listInvoiceProfiles(tx: Tx, customerId: string): Promise<InvoiceProfile[]> {
  return customers(tx)
    .selectFrom('invoice_profile')
    .select(shown)
    .where('customer_id', '=', customerId)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Adds an invoice profile; the first one is the default. Refuses `invoice_profile.too_many` beyond 10. */
export async function addInvoiceProfile(ctx: Ctx, customerId: string, { data, isDefault }: InvoiceForm): Promise<InvoiceProfile> {
  await lockMember(ctx, customerId);
  const own = await listInvoiceProfiles(ctx.tx, customerId);
  if (own.length >= profilesMax) refuse('invoice_profile.too_many', { max: profilesMax });

  if (isDefault) await clearDefault(ctx, customerId);
  return customers(ctx.tx)
    .insertInto('invoice_profile')
    .values({
      customer_id: customerId,
      data: json(data) as never,
      is_default: isDefault || own.length === 0,
      created_at: ctx.now,
    })
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/** Changes one of the member's own invoice profiles; somebody else's does not exist for them. Refuses `invoice_profile.not_found`. */
export async function editInvoiceProfile(
  ctx: Ctx,
  customerId: string,
  id: string,
  { data, isDefault }: InvoiceForm,
): Promise<InvoiceProfile> {
  await lockMember(ctx, customerId);
  const before = await findOwn(ctx, customerId, id);

  if (isDefault && !before.isDefault) await clearDefault(ctx, customerId);
  return customers(ctx.tx)
    .updateTable('invoice_profile')
    .set({ data: json(data) as never, is_default: isDefault || before.isDefault })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/** Removes one of the member's own invoice profiles; the newest of the rest becomes the default. Refuses `invoice_profile.not_found`. */
export async function removeInvoiceProfile(ctx: Ctx, customerId: string, id: string): Promise<void> {
  await lockMember(ctx, customerId);
  const before = await findOwn(ctx, customerId, id);

  const db = customers(ctx.tx);
  await db.deleteFrom('invoice_profile').where('id', '=', id).execute();
  const [next] = await listInvoiceProfiles(ctx.tx, customerId);
  if (before.isDefault && next !== undefined)
    await db.updateTable('invoice_profile').set({ is_default: true }).where('id', '=', next.id).execute();
}

/** One writer of a member's profiles at a time, so that exactly one is the default. */
const lockMember = (ctx: Ctx, customerId: string) =>
  customers(ctx.tx).selectFrom('customer').select('id').where('id', '=', customerId).forUpdate().execute();

async function findOwn(ctx: Ctx, customerId: string, id: string): Promise<InvoiceProfile> {
  const own = await listInvoiceProfiles(ctx.tx, customerId);
  return own.find((profile) => profile.id === id) ?? refuse('invoice_profile.not_found', { id });
}

const clearDefault = (ctx: Ctx, customerId: string) =>
  customers(ctx.tx)
    .updateTable('invoice_profile')
    .set({ is_default: false })
    .where('customer_id', '=', customerId)
    .where('is_default', '=', true)
    .execute();

const shown = ['id', 'data', 'is_default as isDefault'] as const;
