import type { customers as contract } from '@tongshang/contract';
import type { Generated, JSONColumnType } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

type InvoiceData = contract.InvoiceData;

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
  email_proved_at: Date | null;
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
  district_code: Generated<string | null>;
  province: Generated<string | null>;
  city: Generated<string | null>;
  district: Generated<string | null>;
}

interface SegmentTable {
  code: string;
  name: string;
  name_en: string;
  created_at: Date;
}

interface SegmentMemberTable {
  segment: string;
  customer_id: string;
  added_at: Date;
}

interface InvoiceProfileTable {
  id: Generated<string>;
  customer_id: string;
  data: JSONColumnType<InvoiceData>;
  is_default: Generated<boolean>;
  created_at: Date;
}

interface Tables {
  customer: CustomerTable;
  address: AddressTable;
  segment: SegmentTable;
  segment_member: SegmentMemberTable;
  invoice_profile: InvoiceProfileTable;
}

export const customers = (tx: Tx) => openSchema<Tables>(tx, 'customers');
