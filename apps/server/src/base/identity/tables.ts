import type { Role } from '@tongshang/contract';
import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface UserTable {
  id: Generated<string>;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  kind: Generated<'staff' | 'shopper'>;
  role: Role | null;
  location: string | null;
  phone: string | null;
  customer_id: string | null;
  is_active: Generated<boolean>;
  language: Generated<'zh-CN' | 'en'>;
}

interface SessionTable {
  id: Generated<string>;
  user_id: string;
  token: string;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

interface AccountTable {
  id: Generated<string>;
  user_id: string;
  account_id: string;
  provider_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Date | null;
  refresh_token_expires_at: Date | null;
  scope: string | null;
  password: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

interface VerificationTable {
  id: Generated<string>;
  identifier: string;
  value: string;
  expires_at: Date;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

interface RateLimitTable {
  id: Generated<string>;
  key: string;
  count: number;
  last_request: number;
}

interface PhoneCodeTable {
  id: Generated<string>;
  phone: string;
  code_hash: string;
  attempts: Generated<number>;
  sent_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

interface MailCodeTable {
  id: Generated<string>;
  customer_id: string;
  email: string;
  code_hash: string;
  attempts: Generated<number>;
  sent_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

interface SandboxMailTable {
  id: Generated<string>;
  email: string;
  code: string;
  sent_at: Date;
}

interface SandboxMessageTable {
  id: Generated<string>;
  phone: string;
  code: string;
  sent_at: Date;
}

interface Tables {
  user: UserTable;
  session: SessionTable;
  account: AccountTable;
  verification: VerificationTable;
  rate_limit: RateLimitTable;
  phone_code: PhoneCodeTable;
  sandbox_message: SandboxMessageTable;
  mail_code: MailCodeTable;
  sandbox_mail: SandboxMailTable;
}

export const identity = (tx: Tx) => openSchema<Tables>(tx, 'identity');
