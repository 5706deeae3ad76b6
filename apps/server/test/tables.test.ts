import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wings } from '../src/map.ts';
import { useWorld } from './world.ts';

const world = useWorld();
const source = join(import.meta.dirname, '../src');
const modules = Object.entries(wings).flatMap(([wing, names]) => names.map((name) => ({ wing, name })));

/** The tables that a tables.ts declares: `interface Tables { stock: StockTable }` and each row type's columns. */
function declared(text: string): Map<string, string[]> {
  const rowTypes = new Map(
    [...text.matchAll(/interface (\w+)(?: extends [\w<>', |]+)? \{\n([\s\S]*?)\n\}/g)].map(([, name = '', body = '']) => [
      name,
      body,
    ]),
  );
  const columnsOf = (body: string) => [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, column = '']) => column);
  const tables = [...rowTypes].flatMap(([type, body]) => (type.endsWith('Tables') ? body : [])).join('\n');
  return new Map(
    [...tables.matchAll(/^ {2}(\w+): (\w+);/gm)].map(([, table = '', type = '']) => [table, columnsOf(rowTypes.get(type) ?? '')]),
  );
}

/** tables.ts, and the part of it that a large module keeps in a folder: `lot/lot-tables.ts`. */
async function textOfTables(folder: string): Promise<string | undefined> {
  const texts: string[] = [];
  for await (const file of glob(['tables.ts', '*/*-tables.ts'], { cwd: folder }))
    texts.push(await readFile(join(folder, file), 'utf8'));
  return texts.length === 0 ? undefined : texts.join('\n');
}

test.each(modules)('tables.ts of $name is what its migrations make', async ({ wing, name }) => {
  const text = await textOfTables(join(source, wing, name));
  const { rows } = await world.db.pool.query<{ table: string; columns: string[] }>(
    `select c.relname as table, array_agg(a.attname::text order by a.attname) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped group by 1`,
    [name],
  );
  if (text === undefined) return expect(rows, `${name} has tables but no tables.ts`).toEqual([]);
  const inCode = declared(text);
  const inDatabase = new Map(rows.map((row) => [row.table, row.columns]));
  for (const [table, columns] of inCode) expect(columns.toSorted(), `${name}.${table}`).toEqual(inDatabase.get(table));
  for (const table of inDatabase.keys()) expect([...inCode.keys()], `${name}.${table} is in the database only`).toContain(table);
});

test.each(modules)("$name names no other module's tables in raw SQL", async ({ wing, name }) => {
  const others = modules.filter((other) => other.name !== name).map((other) => other.name);
  const foreign = new RegExp(String.raw`\b(?:from|join|into|update|table)\s+(${others.join('|')})\.\w+`, 'i');
  for await (const file of glob('**/*.ts', { cwd: join(source, wing, name) })) {
    if (file.endsWith('.test.ts')) continue;
    const text = await readFile(join(source, wing, name, file), 'utf8');
    expect(foreign.exec(text)?.[0], `${name}/${file}`).toBeUndefined();
  }
});
