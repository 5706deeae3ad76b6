import { sql } from 'kysely';
import { type Ctx, system } from '../../../platform/ctx.ts';
import { type Db, inTx, json, run, type Tx } from '../../../platform/db.ts';
import { addMs, type Clock, dayOf } from '../../../platform/time.ts';
import type { Analytics } from '../analytics.ts';
import { keepTouches } from '../campaigns.ts';
import type { FeedName } from '../tables.ts';
import { addAmounts, type Amounts, bucketName, type ReopenedBucket, reopenedBy, rowOf } from './buckets.ts';
import type { Expansion, LateEntry } from './expansion.ts';
import { readAmounts } from './read-amounts.ts';

interface Parts {
  db: Db;
  analytics: Analytics;
  clock: Clock;
}

/**
 * Writes down what a batch brought late, before its rows go to ClickHouse: which closed buckets it opens again, with their figures before
 * and after, and what is too late for the figures. Each entry of a log is written down once, however often it is told.
 */
export async function keepLate(
  parts: Parts,
  feed: { name: FeedName; token: string },
  { late, touches }: Expansion,
): Promise<void> {
  if (late.length === 0 && touches.length === 0) return;
  const who = { actor: system('stream'), now: parts.clock() };
  const fresh =
    late.length === 0 ? [] : await inTx(parts.db, { ...who, isReadOnly: true }, ({ tx }) => notYetKept(tx, feed.name, late));
  const reopened = reopenedBy(fresh.filter(({ isTooLate }) => !isTooLate));
  const before = await readAmounts(parts.analytics, reopened);
  await inTx(parts.db, who, async (ctx) => {
    await keepTouches(ctx.tx, touches, ctx.now);
    if (fresh.length === 0) return;
    await writeLedger(
      ctx.tx,
      feed.name,
      fresh.filter(({ isTooLate }) => isTooLate),
    );
    await writeVersions(ctx, feed.token, reopened, before);
    await advanceMark(ctx.tx, feed.name, fresh);
  });
}

async function notYetKept(tx: Tx, feed: FeedName, late: readonly LateEntry[]): Promise<LateEntry[]> {
  const [mark] = await run(
    tx,
    sql<{ xid: string; seq: number }>`select xid::text as xid, seq from stream.late_mark where feed = ${feed}`,
  );
  return mark === undefined ? [...late] : late.filter((entry) => isAfter(entry, mark));
}

interface Place {
  xid: string;
  seq: number;
}

const isAfter = (one: Place, other: Place): boolean =>
  one.xid === other.xid ? one.seq > other.seq : BigInt(one.xid) > BigInt(other.xid);

async function advanceMark(tx: Tx, feed: FeedName, kept: readonly LateEntry[]): Promise<void> {
  const last = kept.reduce((far, entry) => (isAfter(entry, far) ? entry : far));
  await run(
    tx,
    sql`insert into stream.late_mark (feed, xid, seq) values (${feed}, ${last.xid}::xid8, ${last.seq})
      on conflict (feed) do update set xid = excluded.xid, seq = excluded.seq
      where (late_mark.xid, late_mark.seq) < (excluded.xid, excluded.seq)`,
  );
}

async function writeLedger(tx: Tx, feed: FeedName, tooLate: readonly LateEntry[]): Promise<void> {
  if (tooLate.length === 0) return;
  await run(
    tx,
    sql`insert into stream.late_entry (feed, xid, seq, day, what, ref, channel, store, happened_at, arrived_at, entries, units, amount_fen, rows)
      select ${feed}, xid::xid8, seq, day, what, ref, channel, store, "happenedAt", "arrivedAt", entries, units, "amountFen", rows
      from jsonb_to_recordset(${json(tooLate.map(ledgerRow))}) as e (xid text, seq bigint, day date, what text, ref text, channel text,
        store text, "happenedAt" timestamptz, "arrivedAt" timestamptz, entries int, units bigint, "amountFen" bigint, rows jsonb)
      on conflict (feed, xid, seq, day) do nothing`,
  );
}

/** Units and money as they would move turnover: what was called off or came back counts against it. */
function ledgerRow({ facts, isTooLate: _, happenedAt, ...head }: LateEntry) {
  const lines = facts.order_line.map((row) => rowOf('order_line', row));
  const told = [
    ...lines,
    ...facts.order_step.map((row) => rowOf('order_step', row)),
    ...facts.behaviour.map((row) => rowOf('behaviour', row)),
  ];
  const sum = (column: 'quantity' | 'amount_fen'): number =>
    lines.reduce(
      (total, line) => total + (line.kind === 'cancelled' || line.kind === 'returned' ? -1 : 1) * Number(line[column]),
      0,
    );
  const rows = Object.fromEntries(Object.entries(facts).filter(([, cells]) => cells.length > 0));
  return {
    ...head,
    happenedAt,
    day: dayOf(happenedAt),
    channel: told[0]?.channel ?? '',
    store: lines[0]?.store ?? '',
    entries: head.what === 'behaviour' ? facts.behaviour.length : 1,
    units: sum('quantity'),
    amountFen: sum('amount_fen'),
    rows,
  };
}

async function writeVersions(
  { tx, now }: Ctx,
  batch: string,
  reopened: readonly ReopenedBucket[],
  before: ReadonlyMap<string, Amounts>,
): Promise<void> {
  if (reopened.length === 0) return;
  const rows = reopened.map(({ delta, ...key }) => {
    const was = before.get(bucketName(key)) ?? zeros(delta);
    return { ...key, before: was, after: addAmounts(was, delta) };
  });
  await run(
    tx,
    sql`insert into stream.bucket_version
        (source, grain, starts_at, channel, store, category, sku, campaign, event, version, batch, reopened_at, before, after)
      select source, grain, "startsAt", channel, store, category, sku, campaign, event, 1 + coalesce((
          select max(version) from stream.bucket_version v where (v.source, v.grain, v.starts_at, v.channel, v.store, v.category, v.sku, v.campaign, v.event)
            = (r.source, r.grain, r."startsAt", r.channel, r.store, r.category, r.sku, r.campaign, r.event)), 1), ${batch}, ${now}, before, after
      from jsonb_to_recordset(${json(rows)}) as r (source text, grain text, "startsAt" timestamptz, channel text, store text, category text,
        sku text, campaign text, event text, before jsonb, after jsonb)`,
  );
}

/** What a closed bucket said before it was opened again is told for 400 days. */
export async function forgetOldVersions({ tx, now }: Ctx): Promise<void> {
  await run(tx, sql`delete from stream.bucket_version where reopened_at < ${addMs(now, -400 * 86_400_000)}`);
}

const zeros = (amounts: Amounts): Amounts => Object.fromEntries(Object.keys(amounts).map((name) => [name, 0]));
