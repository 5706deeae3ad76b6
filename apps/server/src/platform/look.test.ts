import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useWorld } from '../../test/world.ts';
import { system } from './ctx.ts';
import { closeDb, openDb, run } from './db.ts';
import { look } from './look.ts';

const world = useWorld();
const who = { actor: system('test'), now: new Date('2026-11-22T04:00:00Z') };
const lookers = async (): Promise<{ pid: number }[]> =>
  (
    await world.db.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and application_name like '% look'`,
    )
  ).rows;

test('a hundred looks at once share three connections and each gets its own answer', async () => {
  const asked = Array.from({ length: 100 }, (_, index) => index);
  const answers = await Promise.all(
    asked.map((index) => look(world.db, who, ({ tx }) => run(tx, sql<{ n: number }>`select ${index}::int as n`))),
  );
  expect(answers.map(([row]) => row?.n)).toEqual(asked);
  expect((await lookers()).length).toBeLessThanOrEqual(3);
});

test('a look writes nothing, and its failure is nobody else’s', async () => {
  const write = look(world.db, who, ({ tx }) => run(tx, sql`delete from catalog.product`));
  const wrong = look(world.db, who, ({ tx }) => run(tx, sql`select 1 / 0`));
  const right = look(world.db, who, ({ tx }) => run(tx, sql<{ n: number }>`select 1 as n`));
  const [refused, failed, answered] = await Promise.allSettled([write, wrong, right]);
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: '25006' } });
  expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(answered).toEqual({ status: 'fulfilled', value: [{ n: 1 }] });
});

test('a look sees what was committed a moment ago', async () => {
  await world.run(({ tx }) =>
    run(tx, sql`insert into catalog.category (code, name, name_en, position) values ('seen', '见', 'Seen', 0)`),
  );
  const rows = await look(world.db, who, ({ tx }) => run(tx, sql`select from catalog.category where code = 'seen'`));
  expect(rows).toHaveLength(1);
});

test('connections that the server ended are opened anew, and all end with the database', async () => {
  const other = openDb(world.db.url, { connectionsMax: 1, name: 'other' });
  const one = () => look(other, who, ({ tx }) => run(tx, sql<{ n: number }>`select 1 as n`));
  await one();
  await world.db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'other look'`,
  );
  await expect.poll(() => other.readers.size).toBe(0);
  expect(await one()).toEqual([{ n: 1 }]);
  await closeDb(other);
  expect(other.readers.size).toBe(0);
});
