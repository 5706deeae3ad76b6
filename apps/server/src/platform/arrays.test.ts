import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useWorld } from '../../test/world.ts';
import { asTable } from './arrays.ts';
import { run } from './db.ts';

const world = useWorld();

test('rows come out of a table of arrays as they went in, whatever their texts hold', async () => {
  const at = new Date('2026-11-23T00:00:00.123Z');
  const rows = ['', 'NULL', '{"a,b"}', String.raw`\ " ' \" \n`, '茶 🍵\n\t', ' x '].map((text, n) => ({
    n, text, at, day: '2026-02-28', isIt: n % 2 === 0, big: 9_007_199_254_740_991, document: { text, none: null, list: [text] },
  })); // prettier-ignore
  const back = await world.run((ctx) =>
    run(
      ctx.tx,
      sql`select * from ${asTable(rows, 'r', { n: 'int', text: 'text', at: 'timestamptz', day: 'date', isIt: 'boolean', big: 'bigint', document: 'jsonb' })}`,
    ),
  );
  expect(back).toEqual(rows);
});

test('what a row does not have is null, and no rows are no rows', async () => {
  const columns = { id: 'uuid', text: 'text', at: 'timestamptz', document: 'jsonb' } as const;
  const ask = (rows: readonly { id?: string | null; text?: string; at?: Date; document?: unknown }[]) =>
    world.run((ctx) => run(ctx.tx, sql`select * from ${asTable(rows, 'r', columns)}`));
  const nothing = { id: null, text: null, at: null, document: null };
  expect(await ask([{}, { id: null }, { text: undefined as never }])).toEqual([nothing, nothing, nothing]);
  expect(await ask([])).toEqual([]);
});
