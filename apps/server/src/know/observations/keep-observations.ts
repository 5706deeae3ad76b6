import type { observations as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { observationsRecorded } from './events.ts';
import { type Brought, decide, type Decision, type Fault, type Known, observableOf } from './observation.ts';

interface Kept {
  recorded: number;
  corrected: number;
  unchanged: number;
  /** By place in the list. */
  faults: ReadonlyMap<number, Fault>;
}

interface KeepInput {
  /** Each is right by itself (`judge`). */
  rows: readonly Brought[];
  fileId?: string;
  /** Say what would become of them, and change nothing. */
  isCheck?: boolean;
}

/** Keeps figures that agree with what is there, as new ones or as newer versions, and names those that do not. Lines are locked in one order. */
export async function keepObservations(ctx: Ctx, { rows, fileId, isCheck = false }: KeepInput): Promise<Kept> {
  if (!isCheck) await addLines(ctx, rows);
  const lines = await readLines(ctx, rows, isCheck);
  const decided: { row: Brought; index: number; lineId: string; decision: Decision }[] = [];
  const places = Map.groupBy(rows.keys(), (index) => keyOf(rows[index] as Brought));
  for (const [key, indexes] of places) {
    const line = lines.get(key) ?? { id: '', known: [] };
    const ofLine = indexes.map((index) => rows[index] as Brought);
    for (const [place, decision] of decide(ofLine, line.known).entries()) {
      const index = indexes[place] as number;
      if (decision.kind === 'bad' && decision.fault.code === 'row.repeated')
        decision.fault.value = String(indexes[Number(decision.fault.value)]);
      decided.push({ row: rows[index] as Brought, index, lineId: line.id, decision });
    }
  }
  if (!isCheck) await write(ctx, decided, fileId);
  const count = (kind: Decision['kind']): number => decided.filter(({ decision }) => decision.kind === kind).length;
  return {
    recorded: count('new'),
    corrected: count('newer'),
    unchanged: count('unchanged'),
    faults: new Map(
      decided.flatMap(({ index, decision }) => (decision.kind === 'bad' ? [[index, decision.fault] as const] : [])),
    ),
  };
}

type LineKey = Pick<Brought, 'name' | 'channel' | 'campaign'>;
const keyOf = ({ name, channel, campaign }: LineKey): string => JSON.stringify([name, channel, campaign]);
const keysOf = (rows: readonly Brought[]) =>
  json([
    ...new Map(
      rows.map(({ name, channel, campaign }) => [keyOf({ name, channel, campaign }), { name, channel, campaign }]),
    ).values(),
  ]);

async function addLines(ctx: Ctx, rows: readonly Brought[]): Promise<void> {
  await run(
    ctx.tx,
    sql`insert into observations.line (name, channel, campaign)
      select name, channel, campaign from jsonb_to_recordset(${keysOf(rows)}) as k (name text, channel text, campaign text)
      order by name, channel, campaign on conflict do nothing`,
  );
}

/** The lines of these rows, locked unless it is a check, with the figures that touch their days. */
async function readLines(
  ctx: Ctx,
  rows: readonly Brought[],
  isCheck: boolean,
): Promise<Map<string, { id: string; known: Known[] }>> {
  const lines = await run(
    ctx.tx,
    sql<{ id: string; name: contract.ObservableName; channel: string; campaign: string }>`
      select id, name, channel, campaign from observations.line
      where (name, channel, campaign) in
        (select name, channel, campaign from jsonb_to_recordset(${keysOf(rows)}) as k (name text, channel text, campaign text))
      order by name, channel, campaign ${isCheck ? sql`` : sql`for no key update`}`,
  );
  const days = rows.flatMap(({ from, to }) => [from, to]).toSorted();
  const known = await run(
    ctx.tx,
    sql<Known & { lineId: string }>`
      select o.line_id as "lineId", o.id, o.from_on as "from", o.to_on as "to", o.version, v.value, v.cases, v.source, v.note,
        v.is_withdrawn as "isWithdrawn"
      from observations.observation o join observations.version v on v.observation_id = o.id and v.version = o.version
      where o.line_id = any(${lines.map(({ id }) => id)}::uuid[]) and o.from_on <= ${days.at(-1)} and o.to_on >= ${days[0]}`,
  );
  const byLine = Map.groupBy(known, ({ lineId }) => lineId);
  return new Map(lines.map((line) => [keyOf(line), { id: line.id, known: byLine.get(line.id) ?? [] }]));
}

async function write(
  ctx: Ctx,
  decided: readonly { row: Brought; lineId: string; decision: Decision }[],
  fileId: string | undefined,
): Promise<void> {
  const changes = decided.flatMap(({ row, lineId, decision }) =>
    decision.kind === 'new' || decision.kind === 'newer'
      ? [{ ...row, lineId, version: decision.kind === 'new' ? 1 : decision.of.version + 1 }]
      : [],
  );
  if (changes.length === 0) return;
  const written = await run(
    ctx.tx,
    sql<{ lineId: string; from: string; to: string; id: string }>`with brought as (
        select * from jsonb_to_recordset(${json(changes)}) as b ("lineId" uuid, "from" date, "to" date, version int, value numeric, cases int,
          source text, note text)
      ), kept as (
        insert into observations.observation (line_id, from_on, to_on, version) select "lineId", "from", "to", version from brought
        on conflict on constraint observation_once do update set version = excluded.version returning id, line_id, from_on, to_on, version
      ), said as (
        insert into observations.version
          (observation_id, version, value, cases, source, note, is_withdrawn, file_id, recorded_by, recorded_at)
        select kept.id, kept.version, value, cases, source, note, false, ${fileId ?? null}::uuid, ${actorLabel(ctx.actor).name}, ${ctx.now}
        from kept join brought on (kept.line_id, kept.from_on, kept.to_on) = ("lineId", "from", "to")
      )
      select line_id as "lineId", from_on as "from", to_on as "to", id from kept`,
  );
  const ids = new Map(written.map(({ lineId, from, to, id }) => [`${lineId} ${from} ${to}`, id]));
  await tellRecorded(
    ctx,
    changes.map((one) => ({ ...one, id: ids.get(`${one.lineId} ${one.from} ${one.to}`) ?? '', isWithdrawn: false })),
  );
}

interface Told {
  id: string;
  version: number;
  name: contract.ObservableName;
  from: string;
  to: string;
  channel: string;
  campaign: string;
  value: number;
  cases?: number | null | undefined;
  isWithdrawn: boolean;
}

const rowsInOneEventMax = 200;

/** Announces versions of figures, whole. */
export async function tellRecorded(ctx: Ctx, told: readonly Told[]): Promise<void> {
  const rows = told.map(({ id, version, name, from, to, channel, campaign, value, cases, isWithdrawn }) => ({
    id, version, name, combines: observableOf(name).combines, from, to, channel, campaign, value, cases: cases ?? null, isWithdrawn,
  })); // prettier-ignore
  const payloads = Array.from({ length: Math.ceil(rows.length / rowsInOneEventMax) }, (_, index) => ({
    rows: rows.slice(index * rowsInOneEventMax, (index + 1) * rowsInOneEventMax),
  }));
  await emitMany(ctx, observationsRecorded, payloads);
}
