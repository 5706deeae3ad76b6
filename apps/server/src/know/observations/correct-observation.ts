import type { observations as contract } from '@tongshang/contract';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { tellRecorded } from './keep-observations.ts';
import { judgeValue } from './observation.ts';
import { getObservation } from './queries.ts';
import { observations } from './tables.ts';

interface Correction {
  id: string;
  value: number;
  cases?: number | undefined;
  source: string;
  note?: string | undefined;
  isWithdrawn: boolean;
  /** The version that was seen. */
  version: number;
}

/**
 * Says what a figure really was, or that it counts no more, as a newer version. Refuses `observation.not_found`, `observation.changed`
 * when somebody was faster, and `observation.invalid` for a value that cannot be, or days that another figure covers by now.
 */
export async function correctObservation(ctx: Ctx, input: Correction): Promise<contract.Observation> {
  const { id, value, cases, source, note, isWithdrawn, version } = input;
  const found = await lockObservation(ctx, id);
  if (found === undefined) return refuse('observation.not_found', { id });
  if (found.version !== version) refuse('observation.changed', { seen: version, current: found.version });
  const faults = judgeValue(found.name, value);
  if (faults.length > 0) refuse('observation.invalid', { rows: [{ index: 0, faults }] });
  if (!isWithdrawn) await refuseOverlap(ctx, { ...found, id });

  const next = version + 1;
  await observations(ctx.tx).updateTable('observation').set({ version: next }).where('id', '=', id).execute();
  await observations(ctx.tx)
    .insertInto('version')
    .values({
      observation_id: id,
      version: next,
      value,
      cases: cases ?? null,
      source,
      note: note ?? null,
      is_withdrawn: isWithdrawn,
      file_id: null,
      recorded_by: actorLabel(ctx.actor).name,
      recorded_at: ctx.now,
    })
    .execute();
  await tellRecorded(ctx, [{ ...found, id, version: next, value, cases, isWithdrawn }]);
  return getObservation(ctx.tx, id);
}

/** Its line is locked first, as everybody does. */
async function lockObservation(ctx: Ctx, id: string) {
  const own = await observations(ctx.tx).selectFrom('observation').select('line_id').where('id', '=', id).executeTakeFirst();
  if (own === undefined) return undefined;
  await observations(ctx.tx).selectFrom('line').select('id').where('id', '=', own.line_id).forNoKeyUpdate().execute();
  return observations(ctx.tx)
    .selectFrom('observation as o')
    .innerJoin('line as l', 'l.id', 'o.line_id')
    .select(['l.name', 'l.channel', 'l.campaign', 'o.line_id as lineId', 'o.from_on as from', 'o.to_on as to', 'o.version'])
    .where('o.id', '=', id)
    .executeTakeFirst();
}

/** A withdrawn figure that counts again must not meet one that took its days meanwhile. */
async function refuseOverlap(
  ctx: Ctx,
  { id, lineId, from, to }: { id: string; lineId: string; from: string; to: string },
): Promise<void> {
  const other = await observations(ctx.tx)
    .selectFrom('observation as o')
    .innerJoin('version as v', (join) => join.onRef('v.observation_id', '=', 'o.id').onRef('v.version', '=', 'o.version'))
    .select(['o.from_on as from', 'o.to_on as to'])
    .where('o.line_id', '=', lineId)
    .where('o.id', '<>', id)
    .where('o.from_on', '<=', to)
    .where('o.to_on', '>=', from)
    .where('v.is_withdrawn', '=', false)
    .executeTakeFirst();
  if (other === undefined) return;
  const fault = { code: 'period.overlaps', field: 'from', value: `${other.from} – ${other.to}` };
  refuse('observation.invalid', { rows: [{ index: 0, faults: [fault] }] });
}
