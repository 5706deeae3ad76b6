// A worker in a process of its own, for tests that kill it: `node testing-worker.ts <database url> <import id>`.
import { system } from '../../platform/ctx.ts';
import { inTx, openDb } from '../../platform/db.ts';
import { machineClock } from '../../platform/time.ts';
import { runImportJob } from './run-import.ts';

const [url = '', importId = ''] = process.argv.slice(2);
const db = openDb(url);
await runImportJob.work(
  {
    inTx: (work) => inTx(db, { actor: system('child'), now: machineClock() }, work),
    now: machineClock,
    signal: new AbortController().signal,
  },
  { importId } as never,
);
process.exit(0);
