import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { signalFired, signalResolved } from './events.ts';
import { warnings } from './tables.ts';
import { nextState, type Standing, untouched } from './warning.ts';

export interface Look {
  ruleId: string;
  /** The version of the rule the values were read for. */
  version: number;
  values: ReadonlyMap<string, number | null>;
  at: Date;
}

interface Row extends Standing {
  entityKey: string;
  value: number | null;
  signalId: string | null;
}

/**
 * Decides where every entity of a rule stands after a look, with one statement a table. A look at an older version of the rule, or one
 * older than the last that counted, changes nothing. An entity without a value is unknown and keeps its standing.
 */
export async function saveStandings(
  ctx: Ctx,
  { ruleId, version, values, at }: Look,
): Promise<{ fired: number; resolved: number }> {
  const nothing = { fired: 0, resolved: 0 };
  const rule = await warnings(ctx.tx).selectFrom('rule').selectAll().where('id', '=', ruleId).forUpdate().executeTakeFirst();
  if (rule === undefined || !rule.is_active || rule.version !== version) return nothing;
  if (rule.evaluated_at !== null && rule.evaluated_at >= at) return nothing;
  const standings = await loadStandings(ctx, ruleId);
  const line = {
    direction: rule.direction,
    fireLevel: rule.fire_level,
    clearLevel: rule.clear_level,
    holdMinutes: rule.hold_minutes,
  };

  const changed: Row[] = [];
  const fired: Row[] = [];
  const resolved: Row[] = [];
  for (const entityKey of new Set([...standings.keys(), ...values.keys()])) {
    const before = standings.get(entityKey);
    const value = values.get(entityKey) ?? null;
    const after = nextState(line, before ?? untouched, value, at);
    const isFiring = after.state === 'firing' && before?.state !== 'firing';
    const row: Row = { ...after, entityKey, value, signalId: isFiring ? crypto.randomUUID() : (before?.signalId ?? null) };
    if (
      before === undefined ||
      before.state !== after.state ||
      before.value !== value ||
      before.pendingSince !== after.pendingSince
    )
      changed.push(row);
    if (isFiring) fired.push(row);
    if (after.state === 'resolved' && before?.state === 'firing') resolved.push(row);
  }

  await saveSignals(ctx, rule, fired, resolved);
  await saveRows(ctx, ruleId, changed, at);
  await warnings(ctx.tx).updateTable('rule').set({ evaluated_at: at }).where('id', '=', ruleId).execute();

  const facts = ({ signalId, entityKey, value }: Row) => ({
    signalId: signalId ?? '',
    ruleId,
    metric: rule.metric,
    entity: rule.entity,
    entityKey,
    direction: rule.direction,
    value: value ?? 0,
  });
  await emitMany(ctx, signalFired, fired.map(facts));
  await emitMany(ctx, signalResolved, resolved.map(facts));
  return { fired: fired.length, resolved: resolved.length };
}

async function loadStandings(ctx: Ctx, ruleId: string): Promise<Map<string, Row>> {
  const rows = await warnings(ctx.tx)
    .selectFrom('state')
    .select([
      'entity_key as entityKey',
      'state',
      'value',
      'pending_since as pendingSince',
      'fired_at as firedAt',
      'resolved_at as resolvedAt',
      'signal_id as signalId',
    ])
    .where('rule_id', '=', ruleId)
    .execute();
  return new Map(rows.map((row) => [row.entityKey, row]));
}

interface Rule {
  id: string;
  version: number;
  metric: string;
  entity: string;
  direction: string;
  fire_level: number;
  clear_level: number;
}

async function saveSignals(ctx: Ctx, rule: Rule, fired: readonly Row[], resolved: readonly Row[]): Promise<void> {
  if (fired.length > 0)
    await run(
      ctx.tx,
      sql`insert into warnings.signal (id, rule_id, rule_version, metric, entity, entity_key, direction, fire_level, clear_level, fired_value,
          pending_since, fired_at)
        select "signalId", ${rule.id}, ${rule.version}, ${rule.metric}, ${rule.entity}, "entityKey", ${rule.direction}, ${rule.fire_level},
          ${rule.clear_level}, value, "pendingSince", "firedAt"
        from jsonb_to_recordset(${json(fired)})
          as f ("signalId" uuid, "entityKey" text, value double precision, "pendingSince" timestamptz, "firedAt" timestamptz)`,
    );
  if (resolved.length > 0)
    await run(
      ctx.tx,
      sql`update warnings.signal set resolved_at = r."resolvedAt"
        from jsonb_to_recordset(${json(resolved)}) as r ("signalId" uuid, "resolvedAt" timestamptz) where id = r."signalId"`,
    );
}

async function saveRows(ctx: Ctx, ruleId: string, rows: readonly Row[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into warnings.state (rule_id, entity_key, state, value, pending_since, fired_at, resolved_at, signal_id, evaluated_at)
      select ${ruleId}, "entityKey", state, value, "pendingSince", "firedAt", "resolvedAt", "signalId", ${at}
      from jsonb_to_recordset(${json(rows)}) as s ("entityKey" text, state text, value double precision, "pendingSince" timestamptz,
        "firedAt" timestamptz, "resolvedAt" timestamptz, "signalId" uuid)
      on conflict (rule_id, entity_key) do update set state = excluded.state, value = excluded.value, pending_since = excluded.pending_since,
        fired_at = excluded.fired_at, resolved_at = excluded.resolved_at, signal_id = excluded.signal_id, evaluated_at = excluded.evaluated_at`,
  );
}
