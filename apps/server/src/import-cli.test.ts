import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../test/world.ts';

const world = useWorld();
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongshang-cli-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** The command as a person runs it, in a folder of its own, against this test's database. */
function runCommand(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: world.db.url,
    TONGSHANG_DATA_DIR: dir,
    LANG: 'en_US.UTF-8',
    NODE_ENV: 'production',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'import-cli.ts'), ...args], { cwd: dir, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err }),
    );
  });
}

test(
  'the command lands a file, shows how far it is, and says with its exit code that some rows are bad and where they are',
  { timeout: 60_000 },
  async () => {
    const file = join(dir, '出库.csv');
    await writeFile(file, '单,货号,数量,单价,下单时间\nL1,mug,2,3.50,2026-11-01 10:00\nL2,mug,x,3.50,2026-11-01 10:00\n');
    await writeFile(
      join(dir, 'map.json'),
      JSON.stringify({ columns: { 单: 'order', 货号: 'sku', 数量: 'quantity', 单价: 'price', 下单时间: 'placedAt' } }),
    );
    const first = await runCommand(file, '--kind', 'orders', '--mapping', 'map.json', '--channel', 'store');
    expect(first, first.out + first.err).toMatchObject({ code: 3 });
    expect(first.out).toContain('done · 2 rows, 1 landed, 0 unchanged, 1 bad');
    expect(first.err).toContain('100%');
    const [bad] = (await readdir(dir)).filter((name) => name.endsWith('bad-rows.csv'));
    expect(first.out).toContain(`Bad rows: ${join(dir, bad ?? '')}`);
    await writeFile(join(dir, 'mended.csv'), (await readFile(join(dir, bad ?? ''), 'utf8')).replace(',x,', ',4,'));
    const second = await runCommand('mended.csv', '--kind', 'orders', '--mapping', 'map.json', '--channel', 'store');
    expect(second, second.out + second.err).toMatchObject({ code: 0 });
    const { rows } = await world.db.pool.query(`select external_id, channel, total_fen from orders."order" order by external_id`);
    expect(rows).toEqual([
      { external_id: 'L1', channel: 'store', total_fen: 700 },
      { external_id: 'L2', channel: 'store', total_fen: 1400 },
    ]);
  },
);

test('a file that is not there, or no file, ends with its own exit code', { timeout: 60_000 }, async () => {
  expect(await runCommand()).toMatchObject({ code: 2 });
  expect(await runCommand('--frobnicate')).toMatchObject({ code: 2 });
  const missing = await runCommand('nowhere.csv');
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.out).toContain('no_such_file');
});
