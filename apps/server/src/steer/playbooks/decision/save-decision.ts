import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { addMs } from '../../../platform/time.ts';
import type { findSignal } from '../../warnings/index.ts';
import { type DecisionState, openStates, type Playbook } from '../decision.ts';
import type { ArmRow } from '../slow-mover/slow-mover.ts';
import { playbooks } from '../tables.ts';
import { queueCarryOut } from './queue.ts';
import { addSteps, announceMoves } from './steps.ts';

type Signal = NonNullable<Awaited<ReturnType<typeof findSignal>>>;

export interface Draft {
  playbook: Playbook;
  entityKind: 'sku' | 'category';
  entityKey: string;
  entityName: string;
  entityNameEn: string;
  /** What called for it; a person who proposes by hand has none. */
  signal: Signal | undefined;
  amountFen: number;
  cause: object;
  proposal: object;
  expected: object;
  setting: { version: number; params: { autoApproveFen: number; expiresAfterHours: number } };
  arms: readonly ArmRow[];
}

export type Saved = { outcome: 'proposed' | 'joined'; id: string };

/**
 * Opens a decision, one at a time for an entity. A second run for the same signal changes nothing. A new signal supersedes a proposal that
 * the house made and nobody touched, and joins any other open decision. A person is refused `decision.exists`. What a rule proposes within
 * the playbook's limit, the rule approves.
 */
export async function saveDecision(ctx: Ctx, draft: Draft): Promise<Saved> {
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended(${`playbooks:${draft.playbook}:${draft.entityKey}`}, 0))`);
  const earlier = await findEarlier(ctx, draft);
  if (earlier.answered !== undefined) return { outcome: 'joined', id: earlier.answered };
  const { open } = earlier;
  if (open !== undefined && ctx.actor.kind === 'staff') refuse('decision.exists', { id: open.id, number: open.number });
  if (open !== undefined && !(open.state === 'proposed' && open.proposed_by_kind === 'system')) {
    await addSteps(ctx, [{ decisionId: open.id, stage: 'signal', what: 'signal_joined', details: signalFacts(draft.signal) }]);
    return { outcome: 'joined', id: open.id };
  }
  if (open !== undefined)
    await playbooks(ctx.tx)
      .updateTable('decision')
      .set({ state: 'superseded', decided_at: ctx.now })
      .where('id', '=', open.id)
      .execute();
  if (open !== undefined) await announceMoves(ctx, [{ ...open, from: open.state, to: 'superseded' }]);

  const created = await insertDecision(ctx, draft);
  await insertArms(ctx, created.id, draft.arms);
  if (open !== undefined) {
    await playbooks(ctx.tx).updateTable('decision').set({ superseded_by: created.id }).where('id', '=', open.id).execute();
    await addSteps(ctx, [{ decisionId: open.id, stage: 'proposal', what: 'superseded', details: { by: created.number } }]);
  }
  await addSteps(ctx, firstSteps(ctx, created.id, draft));
  await announceMoves(ctx, [{ ...created, playbook: draft.playbook, from: null, to: 'proposed' }]);
  await approveByRule(ctx, created, draft);
  return { outcome: 'proposed', id: created.id };
}

async function findEarlier(ctx: Ctx, { playbook, entityKey, signal }: Draft) {
  const rows = await playbooks(ctx.tx)
    .selectFrom('decision')
    .select(['id', 'number', 'playbook', 'state', 'proposed_by_kind', 'signal_id'])
    .where('playbook', '=', playbook)
    .where('entity_key', '=', entityKey)
    .where((eb) => eb.or([eb('state', 'in', openStates), eb('signal_id', '=', signal?.id ?? null)]))
    .forUpdate()
    .execute();
  const isOpen = (state: DecisionState) => openStates.some((open) => open === state);
  return {
    answered: signal === undefined ? undefined : rows.find((row) => row.signal_id === signal.id)?.id,
    open: rows.find((row) => isOpen(row.state)),
  };
}

async function insertDecision(ctx: Ctx, draft: Draft): Promise<{ id: string; number: string }> {
  const { kind, id, name } = actorLabel(ctx.actor);
  const isStaff = kind === 'staff';
  const [created] = await run(
    ctx.tx,
    sql<{ id: string; number: string }>`
      insert into playbooks.decision (number, playbook, entity_kind, entity_key, entity_name, entity_name_en, signal_id, state, amount_fen,
        cause, proposal, expected, setting_version, proposed_by_kind, proposed_by_id, proposed_by, proposed_at, expires_at)
      values ('D-' || lpad(nextval('playbooks.decision_number')::text, 6, '0'), ${draft.playbook}, ${draft.entityKind}, ${draft.entityKey},
        ${draft.entityName}, ${draft.entityNameEn}, ${draft.signal?.id ?? null}, 'proposed', ${draft.amountFen}, ${json(draft.cause)},
        ${json(draft.proposal)}, ${json(draft.expected)}, ${draft.setting.version}, ${isStaff ? 'staff' : 'system'}, ${id}, ${name},
        ${ctx.now}, ${addMs(ctx.now, draft.setting.params.expiresAfterHours * 3_600_000)})
      returning id, number`,
  );
  if (created === undefined) throw new Error('the decision was not saved');
  return created;
}

export async function insertArms(ctx: Ctx, decisionId: string, arms: readonly ArmRow[]): Promise<void> {
  if (arms.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into playbooks.arm (decision_id, sku, name, name_en, category, arm, old_price_fen, new_price_fen, floor_fen, unit_cost_fen, tax_rate_bp,
        available, daily_units, is_open)
      select ${decisionId}, sku, name, "nameEn", category, arm, "oldPriceFen", "newPriceFen", "floorFen", "unitCostFen", "taxRateBp", available,
        "dailyUnits", arm <> 'dropped'
      from jsonb_to_recordset(${json(arms)}) as a (sku text, name text, "nameEn" text, category text, arm text, "oldPriceFen" bigint, "newPriceFen" bigint,
        "floorFen" bigint, "unitCostFen" bigint, "taxRateBp" int, available int, "dailyUnits" double precision)
      order by sku`,
  );
}

const signalFacts = (signal: Signal | undefined): Record<string, unknown> =>
  signal === undefined
    ? {}
    : {
        signalId: signal.id,
        metric: signal.metric,
        value: signal.firedValue,
        fireLevel: signal.fireLevel,
        direction: signal.direction,
      };

function firstSteps(ctx: Ctx, decisionId: string, draft: Draft) {
  const { signal } = draft;
  const fired = signal && {
    decisionId,
    stage: 'signal' as const,
    what: 'signal_fired' as const,
    rule: `warnings.${signal.ruleId}`,
    details: { ...signalFacts(signal), ruleName: signal.ruleName, ruleNameEn: signal.ruleNameEn },
    at: new Date(signal.firedAt),
    actor: 'warnings',
  };
  const rule = `playbooks.${draft.playbook}@${draft.setting.version}`;
  return [
    ...(fired ? [fired] : []),
    { decisionId, stage: 'cause' as const, what: 'cause_found' as const, rule, actor: `playbooks.${draft.playbook}` },
    {
      decisionId,
      stage: 'proposal' as const,
      what: 'proposed' as const,
      rule: ctx.actor.kind === 'staff' ? undefined : rule,
      details: { amountFen: draft.amountFen },
    },
  ];
}

async function approveByRule(ctx: Ctx, created: { id: string; number: string }, draft: Draft): Promise<void> {
  const limitFen = draft.setting.params.autoApproveFen;
  if (ctx.actor.kind !== 'system' || limitFen === 0 || draft.amountFen > limitFen) return;
  const rule = `playbooks.${draft.playbook}.auto_approve@${draft.setting.version}`;
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state: 'approved', decided_by: rule, decided_at: ctx.now })
    .where('id', '=', created.id)
    .execute();
  await addSteps(ctx, [
    {
      decisionId: created.id,
      stage: 'approval',
      what: 'approved_by_rule',
      rule,
      details: { amountFen: draft.amountFen, limitFen },
    },
  ]);
  await announceMoves(ctx, [{ ...created, playbook: draft.playbook, from: 'proposed', to: 'approved' }]);
  await queueCarryOut(ctx, created.id);
}
