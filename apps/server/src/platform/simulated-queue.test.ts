import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { useWorld } from '../../test/world.ts';
import { enqueue, every, job, jobType } from './jobs.ts';
import { runUpTo, schedulesBetween } from './simulated-queue.ts';
import { startWorker } from './worker.ts';

const hourly = jobType('test/hourly', z.object({}));
const nightly = jobType('test/nightly', z.object({}));
const later = jobType('test/later', z.object({ what: z.string() }));
const schedules = [every('0 * * * *', hourly), every('43 19 * * *', nightly)]; // 03:43 in the business zone

const world = useWorld();
const ran: string[] = [];
let stop: () => Promise<void>;
beforeAll(async () => {
  const note = (what: string) => Promise.resolve(void ran.push(`${what} at ${world.clock.now().toISOString().slice(0, 16)}`));
  const jobs = [job(hourly, () => note('hourly')), job(nightly, () => note('nightly')), job(later, (_, { what }) => note(what))];
  const logger = pino({ enabled: false });
  ({ stop } = await startWorker({ db: world.db, jobs, reactions: [], schedules: [], clock: world.clock.now, logger }));
});
afterAll(() => stop());

test('a schedule comes due once for the time that passed, at the minute of its cron and not before', () => {
  const between = (from: string, to: string) => schedulesBetween(schedules, new Date(`${from}Z`), new Date(`${to}Z`));
  expect(between('2030-03-04T09:00', '2030-03-04T09:59')).toEqual([]);
  expect(between('2030-03-04T09:59', '2030-03-04T10:00')).toEqual(['test/hourly']);
  expect(between('2030-03-04T10:00', '2030-03-04T10:00')).toEqual([]);
  expect(between('2030-03-04T19:42', '2030-03-04T19:43')).toEqual(['test/nightly']);
  expect(between('2030-03-01T00:00', '2030-03-04T00:00')).toEqual(['test/hourly', 'test/nightly']);
});

test('scheduled and delayed jobs run when the simulation says that it is their time, and are done when it has been heard', async () => {
  let from = new Date('2035-03-04T18:00:00Z');
  const tell = async (iso: string) => {
    world.clock.set(iso);
    await runUpTo(world.db, schedules, { from, to: world.clock.now() });
    from = world.clock.now();
    return ran.splice(0).toSorted();
  };
  await world.inTx((tx) => enqueue(tx, later, { what: 'parcel' }, { runAt: new Date('2035-03-04T20:30:00Z') }));
  expect(await tell('2035-03-04T18:30:00Z')).toEqual([]);
  expect(await tell('2035-03-04T20:00:00Z')).toEqual(['hourly at 2035-03-04T20:00', 'nightly at 2035-03-04T20:00']);
  expect(await tell('2035-03-04T20:30:00Z')).toEqual(['parcel at 2035-03-04T20:30']);
  expect(await tell('2035-03-04T20:59:00Z')).toEqual([]);
});
