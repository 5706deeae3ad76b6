import { boards as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type { StaffActor } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { inReadingOrder, mayChange, maySee, type StoredTile } from './board.ts';
import { findHouseBoard, houseBoards } from './house-boards.ts';
import { boards } from './tables.ts';

const summarised = [
  'id', 'owner_id', 'owner_name', 'name_zh', 'name_en', 'is_shared', 'version', 'changed_by_name', 'changed_at',
] as const; // prettier-ignore
export const boardColumns = [...summarised, 'bar', 'tiles'] as const;

interface SummaryRow {
  id: string;
  owner_id: string;
  owner_name: string;
  name_zh: string;
  name_en: string;
  is_shared: boolean;
  version: number;
  changed_by_name: string;
  changed_at: Date;
}

export interface BoardRow extends SummaryRow {
  bar: contract.BoardBar;
  tiles: StoredTile[];
}

/** The house's cockpits, then the boards this person sees; what is neither theirs nor shared does not exist for them. */
export async function listBoards(tx: Tx, staff: StaffActor) {
  const rows = await boards(tx)
    .selectFrom('board')
    .select(summarised)
    .select(sql<number>`jsonb_array_length(tiles)`.as('count'))
    .where((eb) => eb.or([eb('owner_id', '=', staff.id), eb('is_shared', '=', true)]))
    .orderBy('created_at')
    .execute();
  return [
    ...houseBoards.map(({ tiles, bar: _, ...board }) => ({ ...board, tiles: tiles.length })),
    ...rows.map(({ count, ...row }) => ({ ...headOf(row, staff), tiles: count })),
  ];
}

/** A board with its tiles; saved questions are filled in as they are today. Refuses `board.not_found` also where it may not be seen. */
export async function getBoard(tx: Tx, staff: StaffActor, id: string): Promise<contract.Board> {
  const house = findHouseBoard(id);
  if (house !== undefined) return house;
  const row = await boards(tx).selectFrom('board').select(boardColumns).where('id', '=', id).executeTakeFirst();
  return row !== undefined && maySee(staff, row) ? toBoard(tx, row, staff) : refuse('board.not_found', { id });
}

export async function toBoard(tx: Tx, row: BoardRow, staff: StaffActor): Promise<contract.Board> {
  const { bar, tiles, ...summary } = row;
  const saved = await savedOf(tx, row);
  return {
    ...headOf(summary, staff),
    bar: contract.BoardBar.parse(bar),
    tiles: inReadingOrder(tiles).map((tile) => {
      const found = tile.savedId === null ? undefined : saved.get(tile.savedId);
      const question = contract.TileQuestion.safeParse(tile.question ?? found?.body);
      return {
        ...tile,
        question: question.success ? question.data : null,
        savedName: found === undefined ? null : { zh: found.name_zh, en: found.name_en },
      };
    }),
  };
}

/** The saved questions a board shows: shared ones, and those of the board's own owner, who put them there. */
async function savedOf(tx: Tx, { tiles, owner_id }: Pick<BoardRow, 'tiles' | 'owner_id'>) {
  const ids = tiles.map(({ savedId }) => savedId).filter((id) => id !== null);
  if (ids.length === 0) return new Map<string, never>();
  const rows = await boards(tx)
    .selectFrom('question')
    .select(['id', 'name_zh', 'name_en', 'body'])
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('owner_id', '=', owner_id), eb('is_shared', '=', true)]))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const headOf = (row: SummaryRow, staff: StaffActor) => ({
  id: row.id,
  name: { zh: row.name_zh, en: row.name_en },
  isShared: row.is_shared,
  isHouse: false,
  role: null,
  ownerName: row.owner_name,
  isMine: row.owner_id === staff.id,
  mayChange: mayChange(staff, row),
  version: row.version,
  changedByName: row.changed_by_name,
  changedAt: row.changed_at.toISOString(),
});

/** A board as it is, held until the transaction ends. Refuses `board.not_found`, `board.of_the_house`. */
export async function lockBoard(tx: Tx, staff: StaffActor, id: string): Promise<BoardRow> {
  if (findHouseBoard(id) !== undefined) refuse('board.of_the_house', { id });
  const row = await boards(tx).selectFrom('board').select(boardColumns).where('id', '=', id).forUpdate().executeTakeFirst();
  return row !== undefined && maySee(staff, row) ? row : refuse('board.not_found', { id });
}

export const questionColumns = [
  'id', 'owner_id', 'owner_name', 'name_zh', 'name_en', 'body', 'chart', 'is_shared', 'version', 'changed_at',
] as const; // prettier-ignore

export interface QuestionRow {
  id: string;
  owner_id: string;
  owner_name: string;
  name_zh: string;
  name_en: string;
  body: contract.TileQuestion;
  chart: contract.Chart;
  is_shared: boolean;
  version: number;
  changed_at: Date;
}

/** The questions this person saved, and those that are shared. */
export async function listQuestions(tx: Tx, staff: StaffActor): Promise<contract.SavedQuestion[]> {
  const rows = await boards(tx)
    .selectFrom('question')
    .select(questionColumns)
    .where((eb) => eb.or([eb('owner_id', '=', staff.id), eb('is_shared', '=', true)]))
    .orderBy('created_at')
    .execute();
  return rows.flatMap((row) => toQuestion(row, staff) ?? []);
}

/** One saved question. Refuses `question.not_found` also where it may not be seen. */
export async function getQuestion(tx: Tx, staff: StaffActor, id: string): Promise<contract.SavedQuestion> {
  const row = await boards(tx).selectFrom('question').select(questionColumns).where('id', '=', id).executeTakeFirst();
  const seen = row !== undefined && maySee(staff, row) ? toQuestion(row, staff) : undefined;
  return seen ?? refuse('question.not_found', { id });
}

/** A question that today's vocabulary no longer knows is not shown. */
export function toQuestion(row: QuestionRow, staff: StaffActor): contract.SavedQuestion | undefined {
  const body = contract.TileQuestion.safeParse(row.body);
  if (!body.success) return undefined;
  return {
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
    question: body.data,
    chart: row.chart,
    isShared: row.is_shared,
    isMine: row.owner_id === staff.id,
    mayChange: mayChange(staff, row),
    ownerName: row.owner_name,
    version: row.version,
    changedAt: row.changed_at.toISOString(),
  };
}

/** A saved question held until the transaction ends. Refuses `question.not_found`. */
export async function lockQuestion(tx: Tx, staff: StaffActor, id: string): Promise<QuestionRow> {
  const row = await boards(tx).selectFrom('question').select(questionColumns).where('id', '=', id).forUpdate().executeTakeFirst();
  return row !== undefined && maySee(staff, row) ? row : refuse('question.not_found', { id });
}
