// A worker whose one job never ends, for tests that kill it: `node hanging-worker.ts <database url>`. Says so when it holds the job.
import pino from 'pino';
import { openDb } from '../src/platform/db.ts';
import { startWorker } from '../src/platform/worker.ts';
import { hang } from './hanging-job.ts';

await startWorker({
  db: openDb(process.argv[2] ?? ''),
  jobs: [hang(() => new Promise(() => process.stdout.write('held\n')))],
  reactions: [],
  schedules: [],
  clock: () => new Date(),
  logger: pino({ enabled: false }),
});
process.on('disconnect', () => process.exit(1)); // it never outlives the test
