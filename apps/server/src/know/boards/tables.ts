import type { boards as contract } from '@tongshang/contract';
import type { Generated, JSONColumnType } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { StoredTile } from './board.ts';
import type { ScheduleTables } from './schedule/schedule-tables.ts';

interface QuestionTable {
  id: Generated<string>;
  owner_id: string;
  owner_name: string;
  name_zh: string;
  name_en: string;
  body: JSONColumnType<contract.TileQuestion>;
  chart: contract.Chart;
  is_shared: boolean;
  version: Generated<number>;
  created_at: Date;
  changed_at: Date;
}

interface BoardTable {
  id: Generated<string>;
  owner_id: string;
  owner_name: string;
  name_zh: string;
  name_en: string;
  is_shared: boolean;
  bar: JSONColumnType<contract.BoardBar>;
  tiles: JSONColumnType<StoredTile[]>;
  version: Generated<number>;
  created_at: Date;
  changed_by_name: string;
  changed_at: Date;
}

interface AnnotationTable {
  id: Generated<string>;
  kind: contract.Annotation['kind'];
  from_day: string;
  to_day: string;
  title_zh: string;
  title_en: string;
  by_id: string;
  by_name: string;
  version: Generated<number>;
  created_at: Date;
}

interface Tables extends ScheduleTables {
  question: QuestionTable;
  board: BoardTable;
  annotation: AnnotationTable;
}

export const boards = (tx: Tx) => openSchema<Tables>(tx, 'boards');
