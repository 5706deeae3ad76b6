import { operations as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { emit, eventType } from '../../platform/events.ts';
import { run } from '../../platform/db.ts';
import { enqueue, jobType } from '../../platform/jobs.ts';
import { tidy } from './tidy.ts';

const world = useWorld();
const admin = aStaff('admin');
const broken = jobType('test/broken', z.object({}));
const noted = eventType('test.thing_noted', z.object({ number: z.int() }));

test('the daily tidying makes the partitions of the months ahead, and may run twice', async () => {
  for (const _ of [1, 2]) await world.inTx((tx) => enqueue(tx, tidy, {}));
  await world.drain();
  const { rows } = await world.db.pool.query(`select relname from pg_class where relname ~ '^event_2\\d+_\\d\\d$' order by 1`);
  expect(rows.map((row: { relname: string }) => row.relname)).toEqual(['event_2026_11', 'event_2026_12', 'event_2027_01']);
});

test('a dead job is shown with its error and runs again when a person says so', async () => {
  await world.inTx((tx) => enqueue(tx, broken, {}, { attemptsMax: 1 }));
  await world.inTx((tx) =>
    run(tx, sql`update graphile_worker._private_jobs set attempts = 1, last_error = E'no such task\nat line 1'`),
  );
  const { items, queue } = await world.call(contract.listJobs, {}, admin);
  expect(items).toMatchObject([{ name: 'test/broken', state: 'dead', attempts: 1, lastError: 'no such task', nextRunAt: null }]);
  expect(queue).toMatchObject({ dead: 1, due: 0 });

  await world.call(contract.retryJob, { params: { id: items[0]!.id } }, admin);
  expect((await world.call(contract.listJobs, {}, admin)).queue).toMatchObject({ dead: 0, due: 1 });
  await expect(world.call(contract.retryJob, { params: { id: '999999' } }, admin)).rejects.toMatchObject({
    code: 'job.not_found',
  });
});

test('the audit log lists what happened, newest first, page after page, by kind of actor', async () => {
  for (const number of [1, 2, 3]) await world.run((ctx) => emit(ctx, noted, { number }), admin);
  await world.run((ctx) => emit(ctx, noted, { number: 4 }));
  const query = { name: 'test.thing_noted', actorKind: 'staff' as const, limit: 2 };
  const first = await world.call(contract.listAudit, { query }, admin);
  const second = await world.call(contract.listAudit, { query: { ...query, after: first.next! } }, admin);
  expect([...first.items, ...second.items].map((entry) => entry.payload['number'])).toEqual([3, 2, 1]);
  expect(first.items[0]).toMatchObject({ actor: 'Test admin', actorKind: 'staff' });
  expect(second.next).toBeNull();
});
