import type { schedules as contract } from '@tongshang/contract';
import type { Generated, JSONColumnType } from 'kysely';

interface ScheduleTable {
  id: Generated<string>;
  owner_id: string;
  owner_name: string;
  name: string;
  subject: JSONColumnType<contract.Subject>;
  timing: JSONColumnType<contract.Timing>;
  recipients: string[];
  next_at: Date | null;
  version: Generated<number>;
  created_at: Date;
}

interface RunTable {
  id: Generated<string>;
  schedule_id: string;
  due_at: Date;
  started_at: Date;
  by_name: string | null;
  missed: Generated<Date[]>;
  missed_count: Generated<number>;
}

interface RunFileTable {
  run_id: string;
  store: string;
  language: string;
  title: string;
  as_of: Date;
  pdf: Buffer;
  xlsx: Buffer;
  made_at: Date;
}

interface DeliveryTable {
  id: Generated<string>;
  run_id: string;
  staff_id: string;
  name: string;
  state: Generated<contract.DeliveryState>;
  reason: contract.DeliveryReason | null;
  answer: string | null;
  attempts: Generated<number>;
  held_until: Date | null;
  sent_at: Date | null;
  store: string | null;
  language: string | null;
}

export interface ScheduleTables {
  schedule: ScheduleTable;
  run: RunTable;
  run_file: RunFileTable;
  delivery: DeliveryTable;
}
