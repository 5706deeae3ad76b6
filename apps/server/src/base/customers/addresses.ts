import type { customers as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { type District, districtOf, regionOf } from './division.ts';
import { type Address, addressColumns as shown } from './queries.ts';
import { recogniseAddress } from './recognise-address.ts';
import { customers } from './tables.ts';

type AddressForm = z.output<typeof contract.addAddress.body>;

const addressesMax = 20;

/** Adds an address; the first one is the default. Refuses `address.too_many` beyond 20 and `address.district_unknown`. */
export async function addAddress(ctx: Ctx, customerId: string, form: AddressForm): Promise<Address> {
  const count = await lockAddresses(ctx, customerId);
  if (count >= addressesMax) refuse('address.too_many', { max: addressesMax });

  const isDefault = form.isDefault || count === 0;
  if (isDefault) await clearDefault(ctx, customerId);
  return customers(ctx.tx)
    .insertInto('address')
    .values({ customer_id: customerId, ...columns(form), is_default: isDefault, created_at: ctx.now })
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/**
 * Changes one of the member's own addresses; somebody else's does not exist for them. Refuses `address.not_found` and
 * `address.district_unknown`.
 */
export async function editAddress(ctx: Ctx, customerId: string, id: string, form: AddressForm): Promise<Address> {
  await lockAddresses(ctx, customerId);
  const before = await findOwn(ctx, customerId, id);

  if (form.isDefault && !before.is_default) await clearDefault(ctx, customerId);
  return customers(ctx.tx)
    .updateTable('address')
    .set({ ...columns(form), is_default: form.isDefault || before.is_default })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/** Makes one of the member's own addresses the default, and no other. Refuses `address.not_found`. */
export async function makeDefaultAddress(ctx: Ctx, customerId: string, id: string): Promise<Address> {
  await lockAddresses(ctx, customerId);
  const before = await findOwn(ctx, customerId, id);

  if (!before.is_default) await clearDefault(ctx, customerId);
  return customers(ctx.tx)
    .updateTable('address')
    .set({ is_default: true })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/** Removes one of the member's own addresses; the newest of the rest becomes the default. Refuses `address.not_found`. */
export async function removeAddress(ctx: Ctx, customerId: string, id: string): Promise<void> {
  await lockAddresses(ctx, customerId);
  const before = await findOwn(ctx, customerId, id);

  const db = customers(ctx.tx);
  await db.deleteFrom('address').where('id', '=', id).execute();
  if (!before.is_default) return;
  const next = await db
    .selectFrom('address')
    .select('id')
    .where('customer_id', '=', customerId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (next !== undefined) await db.updateTable('address').set({ is_default: true }).where('id', '=', next.id).execute();
}

/** One writer of a member's addresses at a time, so that exactly one is the default. Answers how many there are. */
async function lockAddresses(ctx: Ctx, customerId: string): Promise<number> {
  const db = customers(ctx.tx);
  await db.selectFrom('customer').select('id').where('id', '=', customerId).forUpdate().execute();
  const { count } = await db
    .selectFrom('address')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow();
  return count;
}

async function findOwn(ctx: Ctx, customerId: string, id: string): Promise<{ is_default: boolean }> {
  const row = await customers(ctx.tx)
    .selectFrom('address')
    .select('is_default')
    .where('id', '=', id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  return row ?? refuse('address.not_found', { id });
}

const clearDefault = (ctx: Ctx, customerId: string) =>
  customers(ctx.tx)
    .updateTable('address')
    .set({ is_default: false })
    .where('customer_id', '=', customerId)
    .where('is_default', '=', true)
    .execute();

/** The division by its code, else by the text where it says one; the text of a known division is always its names. */
function columns({ name, phone, districtCode, region = '', detail }: AddressForm) {
  const district = districtCode === undefined ? recognised(region) : districtOf(districtCode);
  if (district === undefined && districtCode !== undefined) refuse('address.district_unknown', { districtCode });
  return {
    name,
    phone,
    detail,
    region: district === undefined ? region : regionOf(district),
    district_code: district?.districtCode ?? null,
    province: district?.province ?? null,
    city: district?.city ?? null,
    district: district?.district ?? null,
  };
}

/** The district that a text names, if it says nothing else. */
function recognised(region: string): District | undefined {
  const { districtCode, detail } = recogniseAddress(region);
  return districtCode === null || detail !== '' ? undefined : districtOf(districtCode);
}
