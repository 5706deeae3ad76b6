import type { customers as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { maskEmail, maskName, maskPhone, normalPhone } from './customer.ts';
import { customers } from './tables.ts';

type ListCustomers = z.output<typeof contract.listCustomers.query>;
type CustomerPage = z.input<typeof contract.listCustomers.reply>;
type Customer = z.input<typeof contract.Customer>;
export type Address = z.input<typeof contract.Address>;

/**
 * Customers, newest first, contacts masked. Words find by number, outside number or part of the name; a phone only as a whole, so that
 * nobody can try digits one after another behind the mask.
 */
export async function listCustomers(tx: Tx, { search, source, after, limit }: ListCustomers): Promise<CustomerPage> {
  let query = customers(tx).selectFrom('customer').selectAll();
  if (source !== undefined) query = query.where('source', '=', source);
  if (search !== undefined && search !== '') {
    const part = `%${search.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
    query = query.where((eb) =>
      eb.or([
        eb('number', '=', search.toUpperCase()),
        eb('external_id', '=', search),
        eb('phone', '=', normalPhone(search) ?? search),
        eb('name', 'ilike', part),
      ]),
    );
  }
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(masked);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** One customer, contacts masked. Refuses `customer.not_found`. */
export async function getCustomer(tx: Tx, id: string): Promise<Customer> {
  const row = await customers(tx).selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('customer.not_found', { id }) : masked(row);
}

export const addressColumns = [
  'id',
  'name',
  'phone',
  'region',
  'detail',
  'is_default as isDefault',
  'district_code as districtCode',
  'province',
  'city',
  'district',
] as const;

/** A customer's addresses in full, the default first, then the newest. */
export async function listAddresses(tx: Tx, customerId: string): Promise<Address[]> {
  return customers(tx)
    .selectFrom('address')
    .select(addressColumns)
    .where('customer_id', '=', customerId)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

interface Row {
  id: string;
  number: string;
  name: string;
  phone: string | null;
  email: string | null;
  user_id: string | null;
  source: 'shop' | 'import' | 'store';
  external_id: string | null;
  language: 'zh-CN' | 'en';
  created_at: Date;
}

export const masked = (row: Row): Customer => ({
  id: row.id,
  number: row.number,
  name: maskName(row.name),
  phone: maskPhone(row.phone),
  email: maskEmail(row.email),
  source: row.source,
  externalId: row.external_id,
  language: row.language,
  isMember: row.user_id !== null,
  createdAt: row.created_at.toISOString(),
});
