import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { emitMany } from '../../../platform/events.ts';
import type { DecisionState, Playbook, Stage, StepKind } from '../decision.ts';
import { decisionMoved } from '../events.ts';

export interface NewStep {
  decisionId: string;
  stage: Stage;
  what: StepKind;
  /** The rule that decided, with its version; a person's step has none. */
  rule?: string | undefined;
  note?: string | undefined;
  details?: Record<string, unknown>;
  /** When and by whom, if not now by the caller. */
  at?: Date;
  actor?: string;
}

/** Writes down who or which rule did what, when and why. Steps are never changed. */
export async function addSteps(ctx: Ctx, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return;
  const kind = ctx.actor.kind === 'staff' ? 'staff' : 'system';
  const rows = steps.map((step) => ({
    rule: null,
    note: null,
    details: {},
    ...step,
    at: step.at ?? ctx.now,
    actorKind: step.actor === undefined ? kind : 'system',
    actor: step.actor ?? ctx.actor.name,
  }));
  await run(
    ctx.tx,
    sql`insert into playbooks.step (decision_id, at, stage, what, actor_kind, actor, rule, note, details)
      select "decisionId", at, stage, what, "actorKind", actor, rule, note, details
      from rows from (jsonb_to_recordset(${json(rows)}) as ("decisionId" uuid, at timestamptz, stage text, what text, "actorKind" text,
        actor text, rule text, note text, details jsonb)) with ordinality order by ordinality`,
  );
}

export interface Moved {
  id: string;
  number: string;
  playbook: Playbook;
  from: DecisionState | null;
  to: DecisionState;
}

/** Announces moves; a decision that is over frees its SKUs for the next one. */
export async function announceMoves(ctx: Ctx, moved: readonly Moved[]): Promise<void> {
  const closed = moved.filter(({ to }) => !['proposed', 'change_requested', 'approved', 'carried_out'].includes(to));
  if (closed.length > 0)
    await run(
      ctx.tx,
      sql`update playbooks.arm set is_open = false where is_open and decision_id = any(${closed.map(({ id }) => id)}::uuid[])`,
    );
  await emitMany(
    ctx,
    decisionMoved,
    moved.map(({ id, ...facts }) => ({ decisionId: id, ...facts })),
  );
}
