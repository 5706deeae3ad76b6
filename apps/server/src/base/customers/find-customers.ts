import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import { maskName, maskPhone } from './customer.ts';

/** What other modules may know of a customer: nothing that identifies a person in full. */
export interface CustomerFacts {
  id: string;
  number: string;
  maskedName: string;
  maskedPhone: string | null;
  source: 'shop' | 'import' | 'store';
  language: 'zh-CN' | 'en';
  isMember: boolean;
  createdAt: Date;
}

/** What is known of these customers; one that does not exist is absent. */
export async function findCustomers(tx: Tx, ids: readonly string[]): Promise<Map<string, CustomerFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<Omit<CustomerFacts, 'maskedName' | 'maskedPhone'> & { name: string; phone: string | null }>`
      select id, number, name, phone, source, language, user_id is not null as "isMember", created_at as "createdAt"
      from customers.customer where id = any(${[...new Set(ids)]}::uuid[])`,
  );
  return new Map(
    rows.map(({ name, phone, ...row }) => [row.id, { ...row, maskedName: maskName(name), maskedPhone: maskPhone(phone) }]),
  );
}
