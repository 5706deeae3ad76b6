import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { closeDb, openDb } from '../src/platform/db.ts';
import { startClickHouse } from '../src/platform/embedded/clickhouse.ts';
import { startPostgres } from '../src/platform/embedded/postgres.ts';
import { migrate } from '../src/platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    clickhouseUrl: string;
  }
}

/** One PostgreSQL with a migrated template and one ClickHouse for the whole run; each test file clones its own world from them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-test-'));
  const [postgres, clickhouse] = await Promise.all([
    startPostgres({ dir: join(dir, 'postgres'), durable: false }),
    startClickHouse({ dir: join(dir, 'clickhouse') }),
  ]);
  const admin = openDb(postgres.url);
  await admin.pool.query('create database template_house');
  await closeDb(admin);
  const template = openDb(urlOf(postgres.url, 'template_house'));
  await migrate(template);
  await closeDb(template);
  project.provide('postgresUrl', postgres.url);
  project.provide('clickhouseUrl', clickhouse.url);
  return async () => {
    await Promise.all([postgres.stop(), clickhouse.stop()]);
    await rm(dir, { recursive: true, force: true });
  };
}

const urlOf = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};
