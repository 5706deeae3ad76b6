import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Clock } from '../../platform/time.ts';
import { type NewBatch, storeBatches } from './store-batches.ts';

interface Waiting {
  batch: NewBatch;
  answer: PromiseWithResolvers<void>;
}

const batchesInOneCommitMax = 32;
const commitsAtOnceMax = 2;

/**
 * Group commit: batches that arrive while a commit is under way share the next one, so a flush of the disk serves many callers.
 * `keep` answers after that commit. A group that fails fails all its callers: each sends again, and messageIds make that harmless.
 */
export function openIntake({ db, clock }: { db: Db; clock: Clock }): { keep: (batch: NewBatch) => Promise<void> } {
  const waiting: Waiting[] = [];
  let committing = 0;

  const commitGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const batches = group.map(({ batch }) => batch);
      await inTx(db, { actor: system('collection'), now: clock() }, (ctx) => storeBatches(ctx, batches));
      for (const { answer } of group) answer.resolve();
    } catch (error) {
      for (const { answer } of group) answer.reject(error);
    }
  };
  const commitWaiting = async (): Promise<void> => {
    if (committing >= commitsAtOnceMax) return;
    committing += 1;
    while (waiting.length > 0) await commitGroup(waiting.splice(0, batchesInOneCommitMax));
    committing -= 1;
  };

  return {
    keep: (batch) => {
      const answer = Promise.withResolvers<void>();
      waiting.push({ batch, answer });
      void commitWaiting();
      return answer.promise;
    },
  };
}
