import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Clock } from '../../platform/time.ts';
import type { Plan } from './plan.ts';
import { listSenders, readPlan, type Sender } from './queries.ts';

export interface Rulebook {
  senders: ReadonlyMap<string, Sender>;
  plan: Plan;
}

const freshMs = 10_000;

/** Sources and plan change rarely and are asked for with each request: at most 10 s old; one reading at a time. */
export function openRulebook({ db, clock }: { db: Db; clock: Clock }): () => Promise<Rulebook> {
  let book: Promise<Rulebook> | undefined;
  let readAtMs = 0;
  const read = (now: Date): Promise<Rulebook> =>
    inTx(db, { actor: system('collection'), now, isReadOnly: true }, async ({ tx }) => ({
      senders: new Map((await listSenders(tx)).map((sender) => [sender.writeKey, sender])),
      plan: await readPlan(tx),
    }));
  return () => {
    const now = clock();
    if (book === undefined || Math.abs(now.getTime() - readAtMs) > freshMs) {
      readAtMs = now.getTime();
      book = read(now);
      book.catch(() => (book = undefined));
    }
    return book;
  };
}
