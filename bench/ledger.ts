import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import type { BenchHouse } from './house.ts';

/** Imports a ledger by the same command that people use, and watches how much memory it takes. */
export async function importLedger(
  house: BenchHouse,
  file: string,
): Promise<{ lines: number; elapsedMs: number; peakMb: number }> {
  const cli = join(import.meta.dirname, '../apps/server/src/import-cli.ts');
  const begun = performance.now();
  const child = spawn(process.execPath, [cli, file, '--kind', 'orders'], {
    env: { ...process.env, DATABASE_URL: house.db.url, CLICKHOUSE_URL: house.clickhouseUrl, TONGSHANG_DATA_DIR: house.dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMb = 0; // of the process that imports: the house's worker, while one lives, and the command only watches
  const watch = setInterval(() => {
    void house.memory().then(({ worker = 0 }) => (peakMb = Math.max(peakMb, worker)));
  }, 100);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
  const elapsedMs = performance.now() - begun;
  const { rows } = await house.db.pool.query<{ lines: number }>('select max(rows_total) as lines from imports.job');
  return { lines: Number(rows[0]?.lines ?? 0), elapsedMs, peakMb };
}

/** Waits until the stream has carried the ledger over, then stores its facts `times` over under other order ids. */
export async function growLedger(house: BenchHouse, times: number): Promise<number> {
  const client = createClient({ url: house.clickhouseUrl, request_timeout: 600_000 });
  const count = async () => {
    const answer = await client.query({ query: 'select count() as n from order_line', format: 'JSONEachRow' });
    return Number(((await answer.json()) as { n: string }[])[0]?.n ?? 0);
  };
  for (let before = -1, now = await count(), tries = 0; now !== before && tries < 60; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    [before, now] = [now, await count()];
  }
  for (const table of ['order_line', 'order_step']) await copyFacts(client, table, times);
  const total = await count();
  await client.close();
  return total;
}

type Client = ReturnType<typeof createClient>;

/** From a copy set aside first, so that a copy is never copied again. */
async function copyFacts(client: Client, table: string, times: number): Promise<void> {
  const answer = await client.query({
    query: `select name from system.columns where database = currentDatabase() and table = '${table}' and default_kind = '' order by position`,
    format: 'JSONEachRow',
  });
  const columns = ((await answer.json()) as { name: string }[]).map(({ name }) => name);
  await client.command({
    query: `create or replace table bench_${table} engine = MergeTree order by tuple() as select ${columns.join(', ')} from ${table} where day < '2012-01-01'`,
  });
  for (let copy = 1; copy < times; copy += 1) {
    const values = columns.map((name) => (name === 'order_id' ? `reinterpretAsUUID(sipHash128(order_id, ${copy}))` : name));
    await client.command({
      query: `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from bench_${table}`,
    });
  }
  await client.command({ query: `drop table bench_${table}` });
}
