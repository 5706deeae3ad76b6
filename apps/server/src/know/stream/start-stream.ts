import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { buildFeeds, type Feed } from './feeds.ts';
import { migrateAnalytics } from './migrate-analytics.ts';
import { openNameBook } from './name-book.ts';
import { reconcile } from './reconcile.ts';
import { watchBooks } from './reconciliation/watch-books.ts';
import { type ShipParts, shipNext } from './ship-next.ts';

interface StreamParts extends ShipParts {
  logger: Logger;
}

// Asking costs two index look-ups. NOTIFY would cost every order a queue for one lock at commit, to save a tenth of a second here.
const idleMs = 150;
// From one small batch to the next: ClickHouse pays by the insert, and figures are still there well within two seconds. A batch of a
// backlog takes longer than this by itself and is followed at once. Under a campaign's load batches come half as often: what ClickHouse
// and its merges take then, orders lack.
const gatherMs = 400;
const busyGatherMs = 1_000;
const busyEntries = 800;
const retryMs = [500, 1_000, 2_000, 5_000] as const;
const leadAgainMs = 1_000;

/**
 * Carries the log to ClickHouse until stopped. Of all processes that start it one leads; the others wait to take over. While ClickHouse
 * or PostgreSQL is away it waits and then catches up; nothing else notices.
 */
export function startStream(parts: StreamParts): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const ended = run(parts, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function run(parts: StreamParts, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const lead = await tryToLead(parts.db.url);
    if (lead === undefined) {
      await pause(leadAgainMs, signal);
      continue;
    }
    try {
      await shipWhileLeading(parts, signal, lead.isLost, () => void (failures = 0));
    } catch (error) {
      parts.logger.warn({ err: error }, 'stream waits');
      await pause(retryMs[Math.min(failures, retryMs.length - 1)] ?? 5_000, signal);
      failures += 1;
    } finally {
      await lead.resign();
    }
  }
}

async function shipWhileLeading(
  parts: StreamParts,
  signal: AbortSignal,
  isLost: () => boolean,
  shipped: () => void,
): Promise<void> {
  await migrateAnalytics(parts.analytics);
  const found = await reconcile(parts);
  if (found !== 'complete') parts.logger.warn({ found }, 'analytics had lost batches');
  const feeds = buildFeeds(
    openNameBook(() => parts.clock().getTime()),
    parts.log,
  );
  const books = watchBooks(parts);
  while (!signal.aborted && !isLost()) {
    const began = performance.now();
    const entries = await shipFromEach(parts, feeds);
    if (entries > 0) shipped();
    await books.look();
    const waitMs = pauseAfter(entries) - (performance.now() - began);
    if (waitMs > 0) await pause(waitMs, signal);
  }
}

function pauseAfter(entries: number): number {
  if (entries === 0) return idleMs;
  return entries < busyEntries ? gatherMs : busyGatherMs;
}

/** One batch of each feed, so that a backlog of one never holds up the other; the entries of the largest. */
async function shipFromEach(parts: ShipParts, feeds: readonly Feed[]): Promise<number> {
  let most = 0;
  for (const feed of feeds) most = Math.max(most, await shipNext(parts, feed));
  return most;
}

/** Ships everything that may be shipped now, as the only leader; the number of batches. For commands and tests. */
export async function drainStream(parts: ShipParts): Promise<number> {
  await migrateAnalytics(parts.analytics);
  const feeds = buildFeeds(
    openNameBook(() => parts.clock().getTime()),
    parts.log,
  );
  let batches = 0;
  for (const feed of feeds) while ((await shipNext(parts, feed)) > 0) batches += 1;
  return batches;
}

interface Lead {
  isLost: () => boolean;
  resign: () => Promise<void>;
}

/** The lock lives as long as this connection: a leader that dies, or loses its connection, leads no more. */
async function tryToLead(url: string): Promise<Lead | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'tongshang stream', keepAlive: true });
  let isLost = false;
  client.on('error', () => void (isLost = true));
  client.on('end', () => void (isLost = true));
  const resign = () => client.end().catch(() => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ leads: boolean }>("select pg_try_advisory_lock(hashtext('tongshang.stream')) as leads");
    if (rows[0]?.leads === true) return { isLost: () => isLost, resign };
  } catch {
    isLost = true; // the database is away; the caller tries again
  }
  await resign();
  return undefined;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
