import { sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import type { DecisionState } from '../decision.ts';
import { queueMeasureMarkdown } from './queue.ts';
import { addSteps, announceMoves, type Moved } from './steps.ts';

export const tendDecisions = jobType('playbooks/tend-decisions', z.object({}));

/** Every minute: what nobody decided in time expires, mark-downs that began or ended say so, and what is due is measured. */
export const tendDecisionsJob = job(tendDecisions, async ({ inTx }) => {
  await inTx(expireDecisions);
  await inTx(markWindows);
  await inTx(queueMeasurements);
});

async function expireDecisions(ctx: Ctx): Promise<void> {
  const gone = await run(
    ctx.tx,
    sql<Moved & { from: DecisionState }>`
      with due as (
        select id, state from playbooks.decision where state in ('proposed', 'change_requested') and expires_at <= ${ctx.now}
        order by id for update skip locked
      )
      update playbooks.decision d set state = 'expired', decided_at = ${ctx.now}, version = d.version + 1 from due where d.id = due.id
      returning d.id, d.number, d.playbook, due.state as "from", d.state as "to"`,
  );
  await addSteps(
    ctx,
    gone.map(({ id }) => ({
      decisionId: id,
      stage: 'approval',
      what: 'expired',
      rule: 'playbooks.expiry',
      details: { reason: 'nobody_decided' },
    })),
  );
  await announceMoves(ctx, gone);
}

/** A window is marked once when it begins and once when it ends, at the instant the prices changed. */
async function markWindows(ctx: Ctx): Promise<void> {
  const rows = await run(
    ctx.tx,
    sql<{ id: string; what: 'markdown_started' | 'markdown_ended'; at: Date }>`
      select d.id, w.what, w.at from playbooks.decision d
      cross join lateral (values ('markdown_started', d.effective_from), ('markdown_ended', d.effective_to)) as w (what, at)
      where d.playbook = 'slow_mover' and d.state = 'carried_out' and w.at <= ${ctx.now}
        and not exists (select from playbooks.step s where s.decision_id = d.id and s.what = w.what)
      order by d.id, w.at for update of d`,
  );
  await addSteps(
    ctx,
    rows.map(({ id, what, at }) => ({ decisionId: id, stage: 'execution', what, at, actor: 'pricing' })),
  );
}

async function queueMeasurements(ctx: Ctx): Promise<void> {
  const due = await run(
    ctx.tx,
    sql<{ id: string }>`select id from playbooks.decision
      where playbook = 'slow_mover' and effect is null and measure_at <= ${ctx.now} order by measure_at limit 100`,
  );
  for (const { id } of due) await queueMeasureMarkdown(ctx, id);
}
