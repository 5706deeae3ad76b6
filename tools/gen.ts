// Prints what is derived from the code: packages/contract/openapi.json and apps/server/schema.sql. `--check` only compares.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '../packages/contract/src/index.ts';
import { buildOpenApi } from '../packages/contract/src/openapi.ts';
import { closeDb, openDb } from '../apps/server/src/platform/db.ts';
import { startPostgres } from '../apps/server/src/platform/embedded/postgres.ts';
import { migrate } from '../apps/server/src/platform/migrate.ts';
import { printSchema } from './print-schema.ts';

const root = join(import.meta.dirname, '..');

const files: Readonly<Record<string, () => Promise<string>>> = {
  'packages/contract/openapi.json': () => Promise.resolve(`${JSON.stringify(buildOpenApi(contract as never), undefined, 2)}\n`),
  'apps/server/schema.sql': migratedSchema,
};

const isCheck = process.argv.includes('--check');
let stale = 0;
for (const [file, print] of Object.entries(files)) {
  const wanted = await print();
  const have = await readFile(join(root, file), 'utf8').catch(() => '');
  if (have === wanted) continue;
  stale += 1;
  if (!isCheck) await writeFile(join(root, file), wanted);
  console.log(isCheck ? `${file} is stale: run npm run gen and commit it` : `wrote ${file}`);
}
process.exitCode = isCheck && stale > 0 ? 1 : 0;

async function migratedSchema(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-gen-'));
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false });
  const db = openDb(postgres.url);
  try {
    await migrate(db);
    return await printSchema(db.pool);
  } finally {
    await closeDb(db);
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
