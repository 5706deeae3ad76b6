// A server process of its own for tests: `node stock-process.ts <databaseUrl> <name>` does the calls that it is told, each in a transaction of its own.
import { sql } from 'kysely';
import { system } from '../../../platform/ctx.ts';
import { inTx, openDb, run } from '../../../platform/db.ts';
import { Refusal } from '../../../platform/fail.ts';
import type { Told } from './stock-child.ts';
import { perform } from './stock-use-cases.ts';

const [url = '', name = ''] = process.argv.slice(2);
const db = openDb(url, { connectionsMax: 10, name });
const say = (answer: object) => process.send?.(answer);

async function obey({ key, call, now, isHeld }: Told): Promise<void> {
  try {
    await inTx(db, { actor: system('test'), now: new Date(now) }, async (ctx) => {
      const result = await perform(ctx, call);
      await run(ctx.tx, sql`insert into public.model_done values (${key}, ${JSON.stringify(result ?? null)}::jsonb)`);
      if (!isHeld) return;
      say({ key, outcome: 'held' });
      await new Promise(() => undefined); // nobody but the killer ends this
    });
    say({ key, outcome: 'done' });
  } catch (error) {
    say({ key, outcome: error instanceof Refusal ? error.code : String(error) });
  }
}

process.on('message', (told: Told) => void obey(told));
process.on('disconnect', () => process.exit());
await db.pool.query('select 1');
say({ outcome: 'ready' });
