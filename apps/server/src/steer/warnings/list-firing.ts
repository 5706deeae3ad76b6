import type { warnings as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';

type Reply = z.input<typeof contract.listFiring.reply>;
type Rule = Reply['groups'][number]['rule'];

interface Row extends Rule {
  firing: number;
  newest: Date;
  oldest: Date;
  signalId: string;
  entityKey: string;
  value: number;
  severity: number;
  firedAt: Date;
}

/**
 * What fires now, by rule: how many, and the worst of each, the rule with the worst one first. Severity is the distance beyond the fire
 * level as a share of level and value together, so that days and ratios compare: 0 at the line, 1 when a stock lies at nothing.
 */
export async function listFiring(tx: Tx, { worst }: z.output<typeof contract.listFiring.query>): Promise<Reply> {
  const rows = await run(
    tx,
    sql<Row>`with firing as (
        select s.rule_id, s.id, s.entity_key, coalesce(w.value, s.fired_value) as value, s.fired_at,
          greatest(0, coalesce((coalesce(w.value, s.fired_value) - s.fire_level) * case s.direction when 'above' then 1 else -1 end
            / nullif(abs(coalesce(w.value, s.fired_value)) + abs(s.fire_level), 0), 0)) as severity
        from warnings.signal s
        left join warnings.state w on w.rule_id = s.rule_id and w.entity_key = s.entity_key
        where s.resolved_at is null
      ), ranked as (
        select *, count(*) over (partition by rule_id)::int as firing, max(severity) over (partition by rule_id) as worst_of_rule,
          max(fired_at) over (partition by rule_id) as newest, min(fired_at) over (partition by rule_id) as oldest,
          row_number() over (partition by rule_id order by severity desc, fired_at, id) as place
        from firing
      )
      select r.id, r.name, r.name_en as "nameEn", r.metric, r.entity, r.direction, r.fire_level as "fireLevel", r.clear_level as "clearLevel",
        r.hold_minutes as "holdMinutes", r.against, f.firing, f.newest, f.oldest, f.id as "signalId", f.entity_key as "entityKey", f.value,
        f.severity, f.fired_at as "firedAt"
      from ranked f join warnings.rule r on r.id = f.rule_id
      where f.place <= ${worst}
      order by f.worst_of_rule desc, f.firing desc, r.id, f.place`,
  );
  const groups = [...Map.groupBy(rows, (row) => row.id).values()].flatMap(groupOf);
  return { firing: groups.reduce((sum, group) => sum + group.firing, 0), groups };
}

function groupOf(rows: readonly Row[]): Reply['groups'] {
  const [first] = rows;
  if (first === undefined) return [];
  const worst = rows.map(({ signalId, entityKey, value, severity, firedAt }) => ({
    signalId,
    entityKey,
    value,
    severity,
    firedAt: firedAt.toISOString(),
  }));
  const { id, name, nameEn, metric, entity, direction, fireLevel, clearLevel, holdMinutes, against } = first;
  return [
    {
      rule: { id, name, nameEn, metric, entity, direction, fireLevel, clearLevel, holdMinutes, against },
      firing: first.firing,
      severity: first.severity,
      newestFiredAt: first.newest.toISOString(),
      oldestFiredAt: first.oldest.toISOString(),
      worst,
    },
  ];
}
