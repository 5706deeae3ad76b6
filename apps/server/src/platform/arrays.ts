// Columns of many rows as array parameters: `unnest($1::int[], $2::text[])`. The driver quotes each element one by one; at hundreds of
// thousands of elements that costs more than the statement.
import { type RawBuilder, sql } from 'kysely';

/** Numbers, instants in ISO form and ids: nothing that needs quoting. */
export const plainArray = (values: readonly (number | string | boolean | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Any text, as PostgreSQL's array notation wants it. */
export const textArray = (values: readonly (string | null)[]): string => `{${values.map(quoted).join(',')}}`;

const special = /["\\]/;
const quoted = (value: string | null): string =>
  value === null ? 'NULL' : special.test(value) ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${value}"`;

/** Types of columns; what is `jsonb` may be any value. */
export type ColumnType = 'uuid' | 'int' | 'bigint' | 'boolean' | 'timestamptz' | 'date' | 'text' | 'jsonb';

/**
 * Rows as a table for `from`, one array parameter a column: half of what `json_to_recordset` over the same rows costs the database and us.
 * `columns` names what is taken of each row, and under which name it is known: `asTable(rows, 'r', { id: 'uuid', unitFen: 'bigint' })`
 * is `unnest($1::uuid[], $2::bigint[]) as r ("id", "unitFen")`. What is missing or undefined is null.
 */
export function asTable<Row extends object>(
  rows: readonly Row[],
  name: string,
  columns: Readonly<Partial<Record<keyof Row & string, ColumnType>>>,
): RawBuilder<unknown> {
  const types = Object.entries(columns) as [keyof Row & string, ColumnType][];
  const between = types.map(([, type], index) => `::${type}[]${index < types.length - 1 ? ', ' : ''}`);
  const names = types.map(([column]) => `"${column}"`).join(', ');
  const text = ['unnest(', ...between.slice(0, -1), `${between.at(-1) ?? ''}) as ${name} (${names})`];
  // one node with all its parameters: there is less to compile than in a join of fragments
  return sql(text as unknown as TemplateStringsArray, ...types.map(([column, type]) => columnOf(rows, column, type)));
}

function columnOf<Row extends object>(rows: readonly Row[], column: keyof Row & string, type: ColumnType): string {
  const values = rows.map((row): unknown => row[column] ?? null);
  switch (type) {
    case 'text':
      return textArray(values as (string | null)[]);
    case 'jsonb':
      return textArray(values.map((value) => (value === null ? null : JSON.stringify(value))));
    case 'timestamptz':
      return plainArray(values.map((value) => (value instanceof Date ? value.toISOString() : (value as string | null))));
    case 'uuid':
    case 'int':
    case 'bigint':
    case 'boolean':
    case 'date':
      return plainArray(values as (number | string | boolean | null)[]);
  }
}
