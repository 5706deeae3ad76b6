import { playbooks as contract } from '@tongshang/contract';
import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod';
import type { Actor, Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { getPurchase } from '../../../supply/purchasing/index.ts';
import { findSignal } from '../../warnings/index.ts';
import {
  approvalProblem,
  approvePermission,
  type DecisionState,
  limitOf,
  permissionProblem,
  type Playbook,
  type Problem,
  proposePermission,
  stageOf,
  stepProblem,
} from '../decision.ts';
import { limitsInForce } from '../settings.ts';
import { playbooks } from '../tables.ts';
import { armsOf, partsOf, readDecision } from './lock-decision.ts';

type Summary = z.input<typeof contract.DecisionSummary>;
type Decision = z.output<typeof contract.Decision>;
type ListDecisions = z.output<typeof contract.listDecisions.query>;

interface Row extends Omit<Summary, 'stage' | 'proposedAt' | 'expiresAt' | 'decidedAt' | 'expectedGainFen' | 'measuredGainFen'> {
  expected: Record<string, Summary['expectedGainFen']>;
  marginEffect: { total: number; totalLow: number; totalHigh: number } | null;
  proposedAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
}

const summaryColumns = (waits: RawBuilder<boolean>) => sql`
  d.id, d.number, d.playbook, d.entity_kind as "entityKind", d.entity_key as "entityKey", d.entity_name as "entityName",
  d.entity_name_en as "entityNameEn", d.state, d.amount_fen as "amountFen", d.expected, d.effect -> 'marginFen' as "marginEffect",
  d.proposed_by as "proposedBy", d.proposed_at as "proposedAt", d.expires_at as "expiresAt", d.decided_by as "decidedBy",
  d.decided_at as "decidedAt", d.version, ${waits} as "waitsForMe"`;

/** Decisions newest first, a page at a time, with how many are in each state and how many wait for the caller. */
export async function listDecisions(ctx: Ctx, query: ListDecisions): Promise<z.input<typeof contract.listDecisions.reply>> {
  const { state, playbook, entityKey, search, waitsForMe, after, limit } = query;
  const waits = await waitsFor(ctx);
  const wanted = [sql`true`];
  if (state !== undefined) wanted.push(sql`d.state = ${state}`);
  if (playbook !== undefined) wanted.push(sql`d.playbook = ${playbook}`);
  if (entityKey !== undefined) wanted.push(sql`d.entity_key = ${entityKey}`);
  if (waitsForMe === true) wanted.push(sql`${waits}`);
  if (search !== undefined) {
    const like = `%${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
    wanted.push(
      sql`(d.number ilike ${like} or d.entity_key ilike ${like} or d.entity_name ilike ${like} or d.entity_name_en ilike ${like})`,
    );
  }
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('\n');
    wanted.push(sql`(d.proposed_at, d.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await run(
    ctx.tx,
    sql<Row>`select ${summaryColumns(waits)} from playbooks.decision d where ${sql.join(wanted, sql` and `)}
      order by d.proposed_at desc, d.id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(inWords);
  const last = items.at(-1);
  return {
    items,
    next: rows.length > limit && last !== undefined ? `${last.proposedAt}\n${last.id}` : null,
    ...(await countAll(ctx.tx, waits)),
  };
}

async function countAll(
  tx: Tx,
  waits: RawBuilder<boolean>,
): Promise<{ waitingForMe: number; counts: Record<DecisionState, number> }> {
  const rows = await run(
    tx,
    sql<{ state: DecisionState; count: number; waiting: number }>`
      select d.state, count(*)::int as count, count(*) filter (where ${waits})::int as waiting from playbooks.decision d group by d.state`,
  );
  const found = new Map(rows.map((row) => [row.state, row.count]));
  const counts = Object.fromEntries(contract.decisionStates.map((state) => [state, found.get(state) ?? 0]));
  return { waitingForMe: rows.reduce((sum, row) => sum + row.waiting, 0), counts: counts as Record<DecisionState, number> };
}

/** Whether a decision waits for the caller: they hold the right, it is within their limit, and it is not their own proposal. */
async function waitsFor({ tx, actor, now }: Ctx): Promise<RawBuilder<boolean>> {
  if (actor.kind !== 'staff') return sql<boolean>`false`;
  const limits = await limitsInForce(tx);
  const within = (playbook: Playbook): RawBuilder<boolean> => {
    const limit = limitOf(actor, limits[playbook]);
    if (limit === undefined || permissionProblem(actor, approvePermission[playbook]) !== undefined) return sql<boolean>`false`;
    return sql<boolean>`(d.playbook = ${playbook} and (${limit}::bigint is null or d.amount_fen <= ${limit}::bigint))`;
  };
  return sql<boolean>`(d.state = 'proposed' and d.expires_at > ${now} and not (d.proposed_by_kind = 'staff' and d.proposed_by_id = ${actor.id})
    and (${within('cover')} or ${within('slow_mover')}))`;
}

const nothing = { low: 0, mid: 0, high: 0 };

function inWords({ expected, marginEffect, ...row }: Row): Summary {
  const gain = row.playbook === 'cover' ? expected['avoidedLostMarginFen'] : expected['extraMarginFen'];
  return {
    ...row,
    stage: stageOf(row.state),
    expectedGainFen: gain ?? nothing,
    measuredGainFen:
      row.playbook === 'cover' || marginEffect === null
        ? null
        : { low: marginEffect.totalLow, mid: marginEffect.total, high: marginEffect.totalHigh },
    proposedAt: row.proposedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

/** The whole life of one decision, and what the caller may do with it. Refuses `decision.not_found`. */
export async function getDecision(ctx: Ctx, id: string): Promise<Decision> {
  const { tx, actor, now } = ctx;
  const decision = await readDecision(tx, id);
  const [summary] = await run(
    tx,
    sql<Row & { supersededBy: string | null }>`select ${summaryColumns(await waitsFor(ctx))}, d.superseded_by as "supersededBy"
      from playbooks.decision d where d.id = ${id}`,
  );
  if (summary === undefined) refuse('decision.not_found', { id });
  const { supersededBy, ...row } = summary;
  const arms = await armsOf(tx, id);
  const limits = (await limitsInForce(tx))[decision.playbook];
  return contract.Decision.parse({
    ...inWords(row),
    ...partsOf(decision, arms),
    signal: await signalOf(tx, decision.signalId),
    steps: await stepsOf(tx, id),
    purchaseId: decision.purchaseId,
    purchaseNumber: decision.purchaseId === null ? null : (await getPurchase(ctx, decision.purchaseId)).number,
    supersededBy,
    effectiveFrom: decision.effectiveFrom?.toISOString() ?? null,
    effectiveTo: decision.effectiveTo?.toISOString() ?? null,
    live: [],
    myLimitFen: limitOf(actor, limits) ?? (actor.kind === 'staff' && limitOf(actor, limits) === undefined ? 0 : null),
    allowed: allowedFor(decision, actor, limits, now),
  });
}

async function signalOf(tx: Tx, signalId: string | null) {
  const signal = signalId === null ? undefined : await findSignal(tx, signalId);
  return signal === undefined ? null : { ...signal, value: signal.firedValue };
}

async function stepsOf(tx: Tx, id: string) {
  const rows = await playbooks(tx)
    .selectFrom('step')
    .select(['id', 'at', 'stage', 'what', 'actor_kind as actorKind', 'actor', 'rule', 'note', 'details'])
    .where('decision_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function allowedFor(
  decision: Awaited<ReturnType<typeof readDecision>>,
  actor: Actor,
  limits: Parameters<typeof limitOf>[1],
  now: Date,
) {
  const answer = (problem: Problem | undefined) =>
    problem === undefined
      ? { ok: true, reason: null, details: {} }
      : { ok: false, reason: problem.code, details: problem.details };
  const approve = approvePermission[decision.playbook];
  const step = (permission: typeof approve, to: DecisionState, ignoresExpiry = false) =>
    answer(stepProblem(decision, actor, { permission, to, ignoresExpiry }, now));
  const isOver = decision.playbook === 'slow_mover' && decision.effectiveTo !== null && decision.effectiveTo <= now;
  return {
    approve: answer(approvalProblem(decision, actor, limits, now)),
    reject: step(approve, 'rejected', true),
    change: step(proposePermission[decision.playbook], 'proposed'),
    requestChange: step(approve, 'change_requested'),
    rollBack: isOver ? { ok: false, reason: 'decision.wrong_state', details: {} } : step(approve, 'rolled_back'),
  };
}
