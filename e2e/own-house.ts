// A house for one run of the journeys: own empty data folder, own ports, the demo enterprise; nothing of it is left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dir = await mkdtemp(join(tmpdir(), 'tongshang-e2e-'));
const house = spawn(
  process.execPath,
  ['--import', join(root, 'tools/start/end-with-parent.ts'), join(root, 'tools/start.ts')], // ends with us, however we end
  {
    cwd: root,
    env: { ...process.env, TONGSHANG_DATA_DIR: dir },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true, // a Ctrl-C reaches us alone, and the house hears of it once
  },
);
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => house.kill('SIGINT'));
const [code] = (await once(house, 'exit')) as [number | null];
await rm(dir, { recursive: true, force: true });
process.exitCode = code ?? 1;
