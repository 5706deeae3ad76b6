import type { imports as contract } from '@tongshang/contract';
import type { Updateable } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { enqueue } from '../../platform/jobs.ts';
import { missingFields } from './columns/columns.ts';
import { headersHash } from './columns/recognise.ts';
import { checkMove, type Move } from './import-state.ts';
import type { Job } from './landing/job.ts';
import { findJob, getImport } from './queries.ts';
import { runImport } from './run-import.ts';
import { imports, type JobTable, type State } from './tables.ts';

type Import = z.input<typeof contract.Import>;

const target: Readonly<Record<Exclude<Move, 'map'>, State>> = {
  check: 'checking',
  run: 'running',
  resume: 'running',
  pause: 'paused',
  cancel: 'cancelled',
};

/**
 * Checks, runs, pauses, resumes or cancels an import. The worker notices between two blocks; what landed stays.
 * Refuses import.not_found, import.wrong_state, import.mapping_incomplete.
 */
export async function moveImport(ctx: Ctx, { id, move }: { id: string; move: Exclude<Move, 'map'> }): Promise<Import> {
  await imports(ctx.tx).selectFrom('job').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  const job = await findJob(ctx.tx, id);
  checkMove(job.state, move);
  const isStart = move === 'check' || move === 'run' || move === 'resume';
  if (isStart) checkComplete(job);

  if (move === 'check' || move === 'run') await forgetFindings(ctx, id);
  if (move === 'run') await rememberChoice(ctx, job);
  if (move === 'cancel') await imports(ctx.tx).deleteFrom('block').where('job_id', '=', id).execute();
  await imports(ctx.tx)
    .updateTable('job')
    .set({
      state: target[move],
      failure: 'null',
      finished_at: move === 'cancel' ? ctx.now : null,
      ...(isStart ? {} : { phase: null }),
      ...freshCounts(move),
    })
    .where('id', '=', id)
    .execute();

  if (isStart) await enqueue(ctx.tx, runImport, { importId: id }, { key: `import:${id}` });
  return getImport(ctx.tx, id);
}

function checkComplete({ kind, mapping, options }: Job): void {
  const missing: string[] = missingFields(kind, mapping);
  if (options.currency !== 'CNY' && options.exchangeRate === null) missing.push('exchangeRate'); // figures in the house are yuan
  if (missing.length > 0) refuse('import.mapping_incomplete', { missing });
}

/** What an earlier check found is found anew. */
const forgetFindings = async (ctx: Ctx, id: string): Promise<void> => {
  await imports(ctx.tx).deleteFrom('bad_row').where('job_id', '=', id).execute();
};

function freshCounts(move: Move): Updateable<JobTable> {
  if (move !== 'check' && move !== 'run') return {};
  return {
    rows_landed: 0,
    rows_good: 0,
    rows_unchanged: 0,
    rows_bad: 0,
    next_block: 0,
    effects: '[]',
    ledger: '[]',
    ...(move === 'check' && { preview: 'null' }),
  };
}

/** The next file of this source with these headings starts from what was chosen here. */
async function rememberChoice(ctx: Ctx, { kind, source, headers, mapping, options }: Job): Promise<void> {
  const chosen = { mapping: JSON.stringify(mapping), options: JSON.stringify(options), chosen_at: ctx.now };
  await imports(ctx.tx)
    .insertInto('remembered')
    .values({ kind, source, headers_hash: headersHash(headers), ...chosen })
    .onConflict((conflict) => conflict.columns(['kind', 'source', 'headers_hash']).doUpdateSet(chosen))
    .execute();
}
