import { schedules as contract } from '@tongshang/contract';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import type { StaffActor } from '../../../platform/ctx.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { type Mailbox, startMailbox } from '../../../platform/testing-mail.ts';
import { readPdf } from '../../../platform/testing-paper.ts';
import { takeDelivery } from './send-delivery.ts';
import { startRuns } from './start-runs.ts';
import { funnel, senderOf, useSchedules } from './testing.ts';

const world = useWorld();
let box: Mailbox;
beforeAll(async () => void (box = await startMailbox()));
afterAll(() => box.stop());
const { state, aColleague, work, minutePasses, aSchedule, newest, mailsTo } = useSchedules(world, () => box);

test('at its time everybody gets one mail with the figures of their rights, the same on paper and in the workbook', async () => {
  world.clock.set('2020-11-22T10:00:00+08:00');
  const [analyst, clerk] = [await aColleague('analyst'), await aColleague('clerk', 'S01')];
  const schedule = await aSchedule(analyst, [analyst, clerk]);
  expect(schedule.nextAt).toBe('2020-11-23T00:00:00.000Z');
  await minutePasses();
  expect(mailsTo(analyst)).toEqual([]);

  world.clock.set('2020-11-23T08:00:30+08:00');
  await Promise.all([minutePasses(), world.run((ctx) => enqueue(ctx.tx, startRuns, {}))]);
  await minutePasses();
  for (const [person, shown, yuan, other] of [
    [analyst, '1,234.56', 1234.56, '12.34'],
    [clerk, '12.34', 12.34, '1,234.56'],
  ] as const) {
    const mails = mailsTo(person);
    expect(mails).toHaveLength(1);
    const [pdf, xlsx] = mails[0]!.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
    const [page] = readPdf(pdf!);
    expect(page!.text).toContain(shown);
    expect(page!.text.replaceAll(shown, '')).not.toContain(other);
    expect(page!.text).toContain('2020-11-23 08:00');
    const book = read(xlsx);
    const rows = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 });
    expect(rows.at(-1)?.at(-1)).toBe(yuan);
  }
  const { deliveries } = await newest(analyst, schedule.id);
  expect(deliveries.map(({ state, store, hasFiles }) => `${state} ${store ?? ''} ${hasFiles}`).toSorted()).toEqual([
    'sent  true',
    'sent S01 true',
  ]);
});

test('rights are those of the sending: who lost them, was moved or left gets nothing of before, and the history says so', async () => {
  world.clock.set('2020-11-24T10:00:00+08:00');
  const [owner, moved, left, demoted] = [
    await aColleague('analyst'), await aColleague('analyst'), await aColleague('executive'), await aColleague('executive'),
  ]; // prettier-ignore
  const schedule = await aSchedule(owner, [moved, left, demoted]);
  const set = (text: string, id: string) => world.db.pool.query(text, [id]);
  await set(`update identity."user" set role = 'clerk', location = 'S02' where id = $1`, moved.id);
  await set(`update identity."user" set is_active = false where id = $1`, left.id);
  await set(`update identity."user" set role = 'warehouse' where id = $1`, demoted.id);
  world.clock.set('2020-11-25T08:00:00+08:00');
  await minutePasses();
  const { deliveries } = await newest(owner, schedule.id);
  const stateOf = ({ id }: StaffActor) => deliveries.find(({ staffId }) => staffId === id);
  expect(stateOf(left)).toMatchObject({ state: 'skipped', reason: 'account_closed', hasFiles: false });
  expect(stateOf(demoted)).toMatchObject({ state: 'skipped', reason: 'right_lost', hasFiles: false });
  expect(stateOf(moved)).toMatchObject({ state: 'sent', store: 'S02' });
  expect([mailsTo(left), mailsTo(demoted)]).toEqual([[], []]);
  expect(readPdf(Buffer.from(mailsTo(moved)[0]!.attachments[0]!.content as ArrayBuffer))[0]!.text).toContain('12.34');
  const blind = await aSchedule(owner, [owner, moved], funnel);
  await world.call(contract.sendSchedule, { params: { id: blind.id } }, owner);
  await work();
  const states = (await newest(owner, blind.id)).deliveries.map(({ state, reason }) => `${state} ${reason ?? ''}`);
  expect(states.toSorted()).toEqual(['sent ', 'skipped not_in_scope']);
});

test("a mail that the server refuses has failed with the server's words; one that it cannot take now is tried again as the same mail", async () => {
  world.clock.set('2020-11-26T10:00:00+08:00');
  const [owner, gone, late] = [await aColleague('analyst'), await aColleague('executive'), await aColleague('executive')];
  const schedule = await aSchedule(owner, [gone, late]);
  box.unknown.add(gone.email);
  box.refuseNext({ code: 451, text: '4.7.0 try later' });
  const before = state.readings;
  await world.call(contract.sendSchedule, { params: { id: schedule.id } }, owner);
  await work();
  const { deliveries } = await newest(owner, schedule.id);
  expect(deliveries.find(({ staffId }) => staffId === gone.id)).toMatchObject({
    state: 'failed',
    reason: 'refused',
    attempts: 1,
    answer: expect.stringContaining('no such user'),
  });
  expect(deliveries.find(({ staffId }) => staffId === late.id)).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  expect(state.readings - before).toBe(1);
  const id = deliveries.find(({ staffId }) => staffId === late.id)!.id;
  expect(mailsTo(late).map(({ messageId }) => messageId)).toEqual([`<${id}@guyu.example>`]);
});

test('a server that stays away fails the mail in the end, with what was said last; figures that cannot be read are waited for', async () => {
  world.clock.set('2020-11-27T10:00:00+08:00');
  const owner = await aColleague('analyst');
  const schedule = await aSchedule(owner, [owner]);
  await world.call(contract.sendSchedule, { params: { id: schedule.id } }, owner);
  await work({ mailer: senderOf(1) });
  const [delivery] = (await newest(owner, schedule.id)).deliveries;
  expect(delivery).toMatchObject({ state: 'failed', reason: 'unavailable', attempts: 10, hasFiles: true });
  expect(delivery!.answer).toContain('ECONNREFUSED');
  world.clock.advance(60_000);
  state.isAway = true;
  await world.call(contract.sendSchedule, { params: { id: schedule.id } }, owner);
  await work();
  state.isAway = false;
  expect((await newest(owner, schedule.id)).deliveries[0]).toMatchObject({
    state: 'failed', reason: 'unreadable', answer: 'analytics.unavailable', hasFiles: false,
  }); // prettier-ignore
});

test('whoever died with a mail in hand is waited for, then it is sent, once; what is sent is not sent again', async () => {
  world.clock.set('2020-11-28T10:00:00+08:00');
  const owner = await aColleague('analyst');
  const schedule = await aSchedule(owner, [owner]);
  const started = await world.call(contract.sendSchedule, { params: { id: schedule.id } }, owner);
  const { id } = started.deliveries[0]!;
  expect(await world.run((ctx) => takeDelivery(ctx, id))).toMatchObject({ attempts: 1 }); // and is killed
  expect(await world.run((ctx) => takeDelivery(ctx, id))).toBeUndefined();
  expect(mailsTo(owner)).toEqual([]);
  world.clock.advance(3 * 60_000);
  await work();
  expect(await world.run((ctx) => takeDelivery(ctx, id))).toBeUndefined();
  await work();
  expect(mailsTo(owner)).toHaveLength(1);
  expect((await newest(owner, schedule.id)).deliveries[0]).toMatchObject({ state: 'sent', attempts: 2 });
});

test('a house that was off for days sends the latest time once and names the missed; a pause is not made up for', async () => {
  world.clock.set('2020-12-01T10:00:00+08:00');
  const owner = await aColleague('analyst');
  const schedule = await aSchedule(owner, [owner]);
  world.clock.set('2020-12-04T09:00:00+08:00');
  await minutePasses();
  const run = await newest(owner, schedule.id);
  expect(run).toMatchObject({ dueAt: '2020-12-04T00:00:00.000Z', missedCount: 2 });
  expect(run.missed).toEqual(['2020-12-02T00:00:00.000Z', '2020-12-03T00:00:00.000Z']);
  expect(mailsTo(owner)).toHaveLength(1);
  expect(mailsTo(owner)[0]!.text).toContain('2020-12-02 08:00、2020-12-03 08:00');
  const pause = (isPaused: boolean) =>
    world.call(contract.pauseSchedule, { params: { id: schedule.id }, body: { isPaused } }, owner);
  expect((await pause(true)).nextAt).toBeNull();
  world.clock.set('2020-12-08T09:00:00+08:00');
  await minutePasses();
  expect((await pause(false)).nextAt).toBe('2020-12-09T00:00:00.000Z');
  await minutePasses();
  expect(mailsTo(owner)).toHaveLength(1);
});
