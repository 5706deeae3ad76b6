import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface CustomerTable {
  id: Generated<string>;
  number: Generated<string>;
  name: Generated<string>;
  phone: string | null;
  email: string | null;
  user_id: string | null;
  source: 'shop' | 'import' | 'store';
  external_id: string | null;
  language: Generated<'zh-CN' | 'en'>;
  created_at: Date;
}

interface AddressTable {
  id: Generated<string>;
  customer_id: string;
  name: string;
  phone: string;
  region: string;
  detail: string;
  is_default: Generated<boolean>;
  created_at: Date;
}

interface Tables {
  customer: CustomerTable;
  address: AddressTable;
}

export const customers = (tx: Tx) => openSchema<Tables>(tx, 'customers');
