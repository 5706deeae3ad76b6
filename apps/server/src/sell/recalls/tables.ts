import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface NoticeExportTable {
  id: Generated<string>;
  recall_id: string;
  buyers: number;
  taken_by: string;
  taken_at: Date;
}

interface Tables {
  notice_export: NoticeExportTable;
}

export const recalls = (tx: Tx) => openSchema<Tables>(tx, 'recalls');
