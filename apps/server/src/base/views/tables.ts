import type { views as contract } from '@tongshang/contract';
import type { Generated, JSONColumnType } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface ViewTable {
  id: Generated<string>;
  page: string;
  owner_id: string;
  owner_name: string;
  name: string;
  query: string;
  layout: JSONColumnType<contract.Layout> | null;
  is_shared: boolean;
  version: Generated<number>;
  created_at: Date;
}

interface LayoutTable {
  staff_id: string;
  page: string;
  view_id: string | null;
  layout: JSONColumnType<contract.Layout>;
}

interface OpeningTable {
  staff_id: string;
  page: string;
  view_id: string;
}

interface Tables {
  view: ViewTable;
  layout: LayoutTable;
  opening: OpeningTable;
}

export const views = (tx: Tx) => openSchema<Tables>(tx, 'views');
