// `npm start`: the whole house on one machine. `--dev` restarts what you change.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST_NODE = 26;
const pinned = join(import.meta.dirname, '../node_modules/.bin/node');
const major = Number(process.versions.node.split('.')[0]);

if (major >= OLDEST_NODE) {
  const { runHouse } = await import('./start/house.ts');
  await runHouse({ isDev: process.argv.includes('--dev') });
} else if (existsSync(pinned) && process.env['TONGSHANG_REEXEC'] === undefined) {
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, TONGSHANG_REEXEC: '1' } });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name));
  child.once('exit', (code) => process.exit(code ?? 1));
} else {
  console.error(
    `Tongshang needs Node ${OLDEST_NODE}; this is ${process.version}. "npm ci" brings it on Linux (glibc, x64 and arm64); ` +
      'elsewhere install Node 26 from nodejs.org.',
  );
  process.exit(1);
}
