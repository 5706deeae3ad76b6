import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Starts {
  firstMs: number;
  laterMs: number;
}

/** How long `npm start` takes on an empty data folder, and on a filled one. */
export async function measureStarts(): Promise<Starts> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-starts-'));
  const firstMs = await startOnce(dir);
  const laterMs = await startOnce(dir);
  await rm(dir, { recursive: true, force: true });
  return { firstMs, laterMs };
}

function startOnce(dir: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../tools/start.ts')], {
    env: { ...process.env, TONGSHANG_DATA_DIR: dir, CONSOLE_PORT: '4830', SHOP_PORT: '4840', PAY_PORT: '4850' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let openMs: number | undefined;
    const limit = setTimeout(() => child.kill('SIGTERM'), 180_000);
    child.stdout.on('data', (text: Buffer) => {
      if (openMs !== undefined || !text.includes('Tongshang is open')) return;
      openMs = performance.now() - begun;
      child.kill('SIGINT');
    });
    child.once('exit', () => {
      clearTimeout(limit);
      if (openMs === undefined) reject(new Error('npm start did not open within 180 s'));
      else resolve(openMs);
    });
  });
}
