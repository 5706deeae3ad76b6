import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Clock } from '../../platform/time.ts';
import { type TakenBatch, takeBatches } from './take-batches.ts';

interface Waiting {
  batch: TakenBatch;
  answer: PromiseWithResolvers<number>;
}

const batchesInOneCommitMax = 32;
const commitsAtOnceMax = 2;

/**
 * Group commit: batches that arrive while a commit is under way share the next one, so a flush of the disk serves many callers.
 * `keep` answers after that commit how many events had been taken before. A group that fails fails all its callers: each sends again,
 * and messageIds make that harmless.
 */
export function openIntake({ db, clock }: { db: Db; clock: Clock }): { keep: (batch: TakenBatch) => Promise<number> } {
  const waiting: Waiting[] = [];
  let committing = 0;

  const commitGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const batches = group.map(({ batch }) => batch);
      const who = { actor: system('collection'), now: clock(), byKey: true };
      const duplicates = await inTx(db, who, (ctx) => takeBatches(ctx, batches));
      for (const [index, { answer }] of group.entries()) answer.resolve(duplicates[index] ?? 0);
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
      const answer = Promise.withResolvers<number>();
      waiting.push({ batch, answer });
      void commitWaiting();
      return answer.promise;
    },
  };
}
