import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { Clock } from '../../platform/time.ts';
import { type EventLog, postgresLog } from './log/event-log.ts';
import { type TakenBatch, takeBatches } from './take-batches.ts';

interface Waiting {
  batch: TakenBatch;
  answer: PromiseWithResolvers<number>;
}

const batchesInOneCommitMax = 32;
const commitsAtOnceMax = 2;
/** While the log stands still callers pile up, each with up to 500 KB: beyond so many events they are sent away. */
const eventsWaitingMax = 100_000;

interface IntakeParts {
  db: Db;
  clock: Clock;
  log?: EventLog | undefined;
}

/**
 * Group commit: batches that arrive while a commit is under way share the next one, so a flush of the disk serves many callers.
 * `keep` answers after that commit how many events had been taken before. A group that fails fails all its callers: each sends again,
 * and messageIds make that harmless. Refuses `server.busy` when too much waits already, or when the log cannot keep anything now.
 */
export function openIntake({ db, clock, log = postgresLog }: IntakeParts): { keep: (batch: TakenBatch) => Promise<number> } {
  const waiting: Waiting[] = [];
  let committing = 0;
  let eventsWaiting = 0;

  const commitGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const slots = await log.append(group.map(({ batch }) => batch.events));
      const batches = group.map(({ batch }, index) => ({ ...batch, slot: slots[index] }));
      const who = { actor: system('collection'), now: clock(), byKey: true };
      const duplicates = await inTx(db, who, (ctx) => takeBatches(ctx, batches));
      for (const [index, { answer }] of group.entries()) answer.resolve(duplicates[index] ?? 0);
    } catch (error) {
      for (const { answer } of group) answer.reject(error);
    }
    for (const { batch } of group) eventsWaiting -= sizeOf(batch);
  };
  const commitWaiting = async (): Promise<void> => {
    if (committing >= commitsAtOnceMax) return;
    committing += 1;
    while (waiting.length > 0) await commitGroup(waiting.splice(0, batchesInOneCommitMax));
    committing -= 1;
  };

  return {
    keep: async (batch) => {
      if (eventsWaiting + sizeOf(batch) > eventsWaitingMax) refuse('server.busy', { waiting: eventsWaiting });
      const answer = Promise.withResolvers<number>();
      waiting.push({ batch, answer });
      eventsWaiting += sizeOf(batch);
      void commitWaiting();
      return answer.promise;
    },
  };
}

const sizeOf = ({ events, bad }: TakenBatch): number => events.length + bad.length;
