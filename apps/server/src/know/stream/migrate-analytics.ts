import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { type Analytics, ask } from './analytics.ts';

/** Filling new sums from old facts may take minutes; the headers tell the client that it goes on. */
const patient = { max_execution_time: 0, send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '10000' } as const;

const filesDir = join(import.meta.dirname, '../../../clickhouse');

/** Brings the analytics database forward: files in order, each once by hash; running it again, or half of it again, is harmless. */
export async function migrateAnalytics(analytics: Analytics): Promise<string[]> {
  await ensureDatabase(analytics);
  await analytics.client.command({
    query: `create table if not exists migration (name String, hash String, applied_at DateTime default now())
      engine = MergeTree order by name`,
  });
  const rows = await ask<{ name: string; hash: string }>(analytics, 'select name, hash from migration');
  const done = new Map(rows.map((row) => [row.name, row.hash]));
  const applied: string[] = [];
  for (const name of (await readdir(filesDir)).filter((file) => file.endsWith('.sql')).toSorted()) {
    const text = await readFile(join(filesDir, name), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    const before = done.get(name);
    if (before !== undefined && before !== hash) throw new Error(`${name} was edited after it was applied; write a new file`);
    if (before !== undefined) continue;
    for (const query of statementsOf(text)) await analytics.client.command({ query, clickhouse_settings: patient });
    await analytics.client.insert({
      table: 'migration',
      columns: ['name', 'hash'],
      values: [[name, hash]],
      format: 'JSONCompactEachRow',
    });
    applied.push(name);
  }
  return applied;
}

async function ensureDatabase({ url, database }: Analytics): Promise<void> {
  const server = new URL(url);
  server.pathname = '/default';
  const client = createClient({ url: server, log: { level: 127 } });
  try {
    await client.command({ query: 'create database if not exists {database:Identifier}', query_params: { database } });
  } finally {
    await client.close();
  }
}

/** Statements end with a semicolon at a line's end; comments are whole lines. */
const statementsOf = (text: string): string[] =>
  text
    .replaceAll(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
