// Columns of many rows as array parameters: `unnest($1::int[], $2::text[])`. The driver quotes each element one by one; at hundreds of
// thousands of elements that costs more than the statement.

/** Numbers, instants in ISO form and ids: nothing that needs quoting. */
export const plainArray = (values: readonly (number | string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Any text, as PostgreSQL's array notation wants it. */
export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? 'NULL' : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`)).join(',')}}`;
