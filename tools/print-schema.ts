import type { Pool } from 'pg';

const foreign = `('pg_catalog', 'information_schema', 'graphile_worker', 'pg_toast', 'public')`;

interface Column {
  table: string;
  column: string;
}
interface Named {
  table: string;
  definition: string;
}

/** The schema as text that a reviewer can read: tables with columns and constraints, indexes, functions, triggers; sorted. */
export async function printSchema(pool: Pool): Promise<string> {
  const columns = await rows<Column>(
    pool,
    `select n.nspname || '.' || c.relname as table,
       a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end ||
       case when a.attidentity <> '' then ' generated always as identity'
         when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
         when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and n.nspname not in ${foreign}
     order by 1, a.attnum`,
  );
  const constraints = await rows<Named>(
    pool,
    `select n.nspname || '.' || c.relname as table, 'constraint ' || con.conname || ' ' || pg_get_constraintdef(con.oid) as definition
     from pg_constraint con join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname not in ${foreign} and con.contype <> 'n' and not c.relispartition order by 1, con.contype desc, con.conname`,
  );
  const indexes = await rows<Named>(
    pool,
    `select schemaname || '.' || tablename as table, indexdef as definition from pg_indexes i
     where schemaname not in ${foreign}
       and not exists (select from pg_constraint con where con.conname = i.indexname and con.contype in ('p', 'u', 'x'))
       and not exists (select from pg_class c where c.oid = format('%I.%I', schemaname, tablename)::regclass and c.relispartition)
     order by 1, indexname`,
  );
  const functions = await rows<Named>(
    pool,
    `select n.nspname as table, pg_get_functiondef(p.oid) as definition from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname not in ${foreign} order by 1, p.proname`,
  );
  const triggers = await rows<Named>(
    pool,
    `select n.nspname || '.' || c.relname as table, pg_get_triggerdef(t.oid) as definition from pg_trigger t
     join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and n.nspname not in ${foreign} order by 1, t.tgname`,
  );
  const tables = [...Map.groupBy(columns, (row) => row.table)].map(([table, own]) => {
    const parts = [
      ...own.map((row) => row.column),
      ...constraints.filter((row) => row.table === table).map((row) => row.definition),
    ];
    return `create table ${table} (\n  ${parts.join(',\n  ')}\n);`;
  });
  const rest = [...indexes, ...functions, ...triggers].map((row) => `${row.definition.trimEnd()};`);
  return `-- Printed by npm run gen from an empty database after all migrations. Do not edit.\n\n${[...tables, ...rest].join('\n\n')}\n`;
}

const rows = async <Row extends object>(pool: Pool, text: string): Promise<Row[]> => (await pool.query<Row>(text)).rows;
