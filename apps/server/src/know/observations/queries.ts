import type { observations as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { observations } from './tables.ts';

const standing = (tx: Tx) =>
  observations(tx)
    .selectFrom('observation as o')
    .innerJoin('line as l', 'l.id', 'o.line_id')
    .innerJoin('version as v', (join) => join.onRef('v.observation_id', '=', 'o.id').onRef('v.version', '=', 'o.version'))
    .leftJoin('file as f', 'f.id', 'v.file_id')
    .select(columns);

const columns = [
  'o.id', 'l.name', 'o.from_on as from', 'o.to_on as to', 'l.channel', 'l.campaign', 'v.value', 'v.cases', 'v.source', 'v.note',
  'v.is_withdrawn as isWithdrawn', 'v.version', 'v.recorded_by as recordedBy', 'v.recorded_at as recordedAt', 'f.name as fileName',
] as const; // prettier-ignore

type Row = Omit<contract.Observation, 'recordedAt'> & { recordedAt: Date };
const inWords = (row: Row): contract.Observation => ({ ...row, recordedAt: row.recordedAt.toISOString() });

/** Outside figures as they stand, the latest days first; `after` is the last row's days and id. */
export async function listObservations(
  tx: Tx,
  { name, channel, campaign, from, to, after, limit }: z.output<typeof contract.listObservations.query>,
): Promise<z.input<typeof contract.listObservations.reply>> {
  let query = standing(tx);
  if (name !== undefined) query = query.where('l.name', '=', name);
  if (channel !== undefined) query = query.where('l.channel', '=', channel.toLowerCase());
  if (campaign !== undefined) query = query.where('l.campaign', '=', campaign);
  if (from !== undefined) query = query.where('o.to_on', '>=', from);
  if (to !== undefined) query = query.where('o.from_on', '<=', to);
  if (after !== undefined) {
    const [day, id] = placeOf(after);
    query = query.where(sql<boolean>`(o.to_on, o.id) < (${day}::date, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('o.to_on', 'desc')
    .orderBy('o.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(inWords), next: rows.length > limit && last !== undefined ? `${last.to}_${last.id}` : null };
}

function placeOf(after: string): [day: string, id: string] {
  const found = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(after);
  if (found === null) return refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  return [found[1] ?? '', found[2] ?? ''];
}

/** One figure as it stands. Refuses `observation.not_found`. */
export async function getObservation(tx: Tx, id: string): Promise<contract.Observation> {
  const row = await standing(tx).where('o.id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('observation.not_found', { id }) : inWords(row);
}

/** Every version of a figure, newest first. Refuses `observation.not_found`. */
export async function listObservationVersions(tx: Tx, id: string): Promise<{ items: contract.Observation[] }> {
  const rows = await observations(tx)
    .selectFrom('observation as o')
    .innerJoin('line as l', 'l.id', 'o.line_id')
    .innerJoin('version as v', 'v.observation_id', 'o.id')
    .leftJoin('file as f', 'f.id', 'v.file_id')
    .select(columns)
    .where('o.id', '=', id)
    .orderBy('v.version', 'desc')
    .execute();
  return rows.length === 0 ? refuse('observation.not_found', { id }) : { items: rows.map(inWords) };
}

const filesShownMax = 50;

/** The files that were recorded last. */
export async function listObservationFiles(tx: Tx): Promise<z.input<typeof contract.listObservationFiles.reply>> {
  const rows = await observations(tx)
    .selectFrom('file')
    .select(['id', 'name as fileName', 'rows', 'recorded', 'corrected', 'unchanged', 'bad'])
    .select(['recorded_by as recordedBy', 'recorded_at as recordedAt'])
    .orderBy('id', 'desc')
    .limit(filesShownMax)
    .execute();
  return { items: rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })) };
}
