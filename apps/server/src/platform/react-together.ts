// Jobs that bring events to the same reaction are done together: one transaction, one commit, each job told how its own events fared.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { system } from './ctx.ts';
import { type Db, inTx } from './db.ts';
import { type Reaction, reactOnce } from './events.ts';
import type { Clock } from './time.ts';

interface Parts {
  db: Db;
  clock: Clock;
  logger: Logger;
}

interface Waiting {
  eventIds: readonly string[];
  done: () => void;
  failed: (error: unknown) => void;
}

/** Events of one transaction, at most; one job by itself may bring as many as were told together. */
const atOnceMax = 300;
/** Who was done so recently is under load. */
const busyMs = 150;

/**
 * Answers what a job calls. A reaction has one transaction in flight in this process, and what comes meanwhile goes into the next one;
 * after a busy moment that one waits for more, `waitMs` or what the reaction says, unless it is full already.
 */
export function gatherReactions(
  parts: Parts,
  waitMs: number,
): (reaction: Reaction, eventIds: readonly string[]) => Promise<void> {
  const queues = new Map<string, ReturnType<typeof openQueue>>();
  return (reaction, eventIds) => {
    const queue = queues.get(reaction.name) ?? openQueue(parts, reaction, waitMs);
    queues.set(reaction.name, queue);
    return queue(eventIds);
  };
}

/** One job's events in a transaction of their own. */
export async function reactTo(parts: Parts, reaction: Reaction, eventIds: readonly string[]): Promise<void> {
  const [failure] = (await reactTogether(parts, reaction, eventIds)).values();
  if (failure !== undefined) throw failure; // the next try passes over those that are done
}

function openQueue(parts: Parts, reaction: Reaction, waitMs: number): (eventIds: readonly string[]) => Promise<void> {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let doneAt = -Infinity;
  let fill = (): void => undefined;
  const isFull = (): boolean => waiting.reduce((events, { eventIds }) => events + eventIds.length, 0) >= atOnceMax;
  const gather = async (): Promise<void> => {
    const full = new Promise<void>((resolve) => (fill = resolve));
    if (!isFull()) await Promise.race([sleep(reaction.waitMs ?? waitMs), full]);
  };

  async function drain(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      if (waitMs > 0 && performance.now() - doneAt < busyMs) await gather();
      await perform(takeBatch());
      doneAt = performance.now();
    }
    isRunning = false;
  }

  function takeBatch(): Waiting[] {
    let events = 0;
    const end = waiting.findIndex(({ eventIds }, index) => (events += eventIds.length) > atOnceMax && index > 0);
    const batch = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return batch;
  }

  async function perform(batch: readonly Waiting[]): Promise<void> {
    const failures = await reactTogether(
      parts,
      reaction,
      batch.flatMap(({ eventIds }) => eventIds),
    );
    for (const { eventIds, done, failed } of batch) {
      const id = eventIds.find((one) => failures.has(one));
      if (id === undefined) done();
      else failed(failures.get(id)); // the next try passes over those that are done
    }
  }

  return (eventIds) =>
    new Promise((done, failed) => {
      waiting.push({ eventIds, done, failed });
      if (!isRunning) void drain();
      else if (isFull()) fill();
    });
}

/** When one of the events cannot be reacted to, each of the others still is, by itself. Answers those that could not, and why. */
async function reactTogether(
  { db, clock, logger }: Parts,
  reaction: Reaction,
  eventIds: readonly string[],
): Promise<Map<string, unknown>> {
  const react = (ids: readonly string[]) =>
    inTx(db, { actor: system(reaction.name), now: clock(), byKey: reaction.byKey }, (ctx) => reactOnce(ctx, reaction, ids));
  const failures = new Map<string, unknown>();
  try {
    await react(eventIds);
    return failures;
  } catch (error) {
    if (eventIds.length === 1) return failures.set(eventIds[0] ?? '', error);
    logger.warn({ err: error, reaction: reaction.name, events: eventIds.length }, 'reacting one by one');
  }
  for (const id of eventIds) await react([id]).catch((error: unknown) => failures.set(id, error));
  return failures;
}
