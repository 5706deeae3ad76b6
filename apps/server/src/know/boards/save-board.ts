import { randomUUID } from 'node:crypto';
import { boards as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx, StaffActor } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { mayChange, mustShare, staffOf, type StoredTile } from './board.ts';
import { boardColumns, type BoardRow, getBoard, lockBoard, toBoard } from './queries.ts';
import { boards } from './tables.ts';

type Form = z.output<typeof contract.createBoard.body>;
type NewTile = z.output<typeof contract.addTile.body>;

const boardsMax = 100;
const { tilesMax } = contract;

/** Makes a board of one's own. Refuses `board.too_many` beyond 100, `question.not_found` for a tile of a question not seen. */
export async function createBoard(ctx: Ctx, form: Form): Promise<contract.Board> {
  const staff = staffOf(ctx.actor);
  if (form.isShared) mustShare(staff);
  await mustSeeQuestions(ctx.tx, staff.id, form.tiles);
  return insertBoard(ctx, staff, form);
}

/**
 * Copies a board that is seen, a cockpit too, into a private one of one's own. Saved questions of others that only that board showed are
 * copied into the tile, so that the copy shows what the original showed. Refuses `board.not_found`, `board.too_many`.
 */
export async function copyBoard(ctx: Ctx, { id, name }: { id: string; name: Form['name'] }): Promise<contract.Board> {
  const staff = staffOf(ctx.actor);
  const { bar, tiles } = await getBoard(ctx.tx, staff, id);
  const seen = await questionsSeen(ctx.tx, staff.id, tiles);
  const own = tiles.flatMap(({ savedName, question, ...tile }): StoredTile[] => {
    if (tile.savedId !== null && seen.has(tile.savedId)) return [{ ...tile, question: null }];
    return question === null ? [] : [{ ...tile, title: tile.title ?? savedName, savedId: null, question }];
  });
  return insertBoard(ctx, staff, { name, bar, tiles: own, isShared: false });
}

/** Changes a board as it was seen. Refuses `board.changed {version, byName}` when somebody was faster, and keeps theirs. */
export async function changeBoard(ctx: Ctx, { id, version, ...form }: Form & { id: string; version: number }) {
  const staff = staffOf(ctx.actor);
  const before = await lockBoard(ctx.tx, staff, id);
  if (!mayChange(staff, before) || (form.isShared && !before.is_shared)) mustShare(staff);
  if (before.version !== version) refuse('board.changed', { version: before.version, byName: before.changed_by_name });
  const kept = new Set(before.tiles.map(({ savedId }) => savedId));
  await mustSeeQuestions(
    ctx.tx,
    staff.id,
    form.tiles.filter(({ savedId }) => !kept.has(savedId)),
  );

  const row = await boards(ctx.tx)
    .updateTable('board')
    .set({ ...written(form), version: version + 1, changed_by_name: staff.name, changed_at: ctx.now })
    .where('id', '=', id)
    .returning(boardColumns)
    .executeTakeFirstOrThrow();
  return toBoard(ctx.tx, row, staff);
}

/** Puts a question below what stands on a board. Refuses `board.full {max}`, `question.not_found`, `board.not_found`. */
export async function addTile(ctx: Ctx, { id, ...tile }: NewTile & { id: string }): Promise<contract.Board> {
  const staff = staffOf(ctx.actor);
  const before = await lockBoard(ctx.tx, staff, id);
  if (!mayChange(staff, before)) mustShare(staff);
  if (before.tiles.length >= tilesMax) refuse('board.full', { max: tilesMax });
  const isFigure = tile.chart === 'figure';
  const y = Math.max(0, ...before.tiles.map(({ wide }) => wide.y + wide.h));
  const placed: StoredTile = {
    ...tile,
    id: randomUUID(),
    wide: { x: 0, y, w: isFigure ? 3 : 6, h: isFigure ? 2 : 4 },
    isOnWall: true,
  };
  await mustSeeQuestions(ctx.tx, staff.id, [placed]);
  const row = await boards(ctx.tx)
    .updateTable('board')
    .set({
      tiles: JSON.stringify([...before.tiles, placed]),
      version: before.version + 1,
      changed_by_name: staff.name,
      changed_at: ctx.now,
    })
    .where('id', '=', id)
    .returning(boardColumns)
    .executeTakeFirstOrThrow();
  return toBoard(ctx.tx, row, staff);
}

/** Deletes a board. Refuses `board.not_found`, `board.of_the_house`. */
export async function removeBoard(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const staff = staffOf(ctx.actor);
  if (!mayChange(staff, await lockBoard(ctx.tx, staff, id))) mustShare(staff);
  await boards(ctx.tx).deleteFrom('board').where('id', '=', id).execute();
}

async function insertBoard(ctx: Ctx, staff: StaffActor, form: Form): Promise<contract.Board> {
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended(${`boards:${staff.id}`}, 0))`); // the count holds
  const own = await boards(ctx.tx).selectFrom('board').select('id').where('owner_id', '=', staff.id).execute();
  if (own.length >= boardsMax) refuse('board.too_many', { max: boardsMax });
  const row: BoardRow = await boards(ctx.tx)
    .insertInto('board')
    .values({
      ...written(form),
      owner_id: staff.id,
      owner_name: staff.name,
      created_at: ctx.now,
      changed_by_name: staff.name,
      changed_at: ctx.now,
    })
    .returning(boardColumns)
    .executeTakeFirstOrThrow();
  return toBoard(ctx.tx, row, staff);
}

const written = ({ name, isShared, bar, tiles }: Form) => ({
  name_zh: name.zh,
  name_en: name.en,
  is_shared: isShared,
  bar: JSON.stringify(bar),
  tiles: JSON.stringify(tiles),
});

/** Nobody puts a question on a board that they do not see. */
async function mustSeeQuestions(tx: Tx, staffId: string, tiles: readonly StoredTile[]): Promise<void> {
  const seen = await questionsSeen(tx, staffId, tiles);
  const missing = tiles.find(({ savedId }) => savedId !== null && !seen.has(savedId));
  if (missing !== undefined) refuse('question.not_found', { id: missing.savedId });
}

async function questionsSeen(tx: Tx, staffId: string, tiles: readonly { savedId: string | null }[]): Promise<Set<string>> {
  const ids = tiles.map(({ savedId }) => savedId).filter((id) => id !== null);
  if (ids.length === 0) return new Set();
  const rows = await boards(tx)
    .selectFrom('question')
    .select('id')
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('owner_id', '=', staffId), eb('is_shared', '=', true)]))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
