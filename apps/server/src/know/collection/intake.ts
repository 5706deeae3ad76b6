import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Clock } from '../../platform/time.ts';
import { type NewBatch, storeBatches } from './store-batches.ts';

interface Waiting {
  batch: NewBatch;
  done: () => void;
  failed: (error: unknown) => void;
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
  const commitNext = (): void => {
    if (committing >= commitsAtOnceMax || waiting.length === 0) return;
    const group = waiting.splice(0, batchesInOneCommitMax);
    committing += 1;
    const batches = group.map(({ batch }) => batch);
    inTx(db, { actor: system('collection'), now: clock() }, (ctx) => storeBatches(ctx, batches))
      .then(
        () => group.forEach(({ done }) => done()),
        (error: unknown) => group.forEach(({ failed }) => failed(error)),
      )
      .finally(() => {
        committing -= 1;
        commitNext();
      });
  };
  return {
    keep: (batch) =>
      new Promise((done, failed) => {
        waiting.push({ batch, done, failed });
        commitNext();
      }),
  };
}
