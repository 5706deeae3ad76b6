import { randomUUID } from 'node:crypto';
import { schedules as contract } from '@tongshang/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import { createStaff } from '../../../base/identity/index.ts';
import type { StaffActor } from '../../../platform/ctx.ts';
import { type Mailbox, startMailbox } from '../../../platform/testing-mail.ts';
import { readPdf } from '../../../platform/testing-paper.ts';
import { useSchedules } from './testing.ts';

const world = useWorld();
let box: Mailbox;
beforeAll(async () => void (box = await startMailbox()));
afterAll(() => box.stop());
const { aColleague, work, aSchedule, newest, mailsTo } = useSchedules(world, () => box);

test('without a mail server the files are made and kept for who may fetch them, and the screen is told', async () => {
  world.clock.set('2020-12-10T10:00:00+08:00');
  const [owner, clerk, other] = [await aColleague('analyst'), await aColleague('clerk', 'S01'), await aColleague('clerk', 'S02')];
  const schedule = await aSchedule(owner, [owner, clerk]);
  await world.call(contract.sendSchedule, { params: { id: schedule.id } }, owner);
  await work({ mailer: undefined });
  const { deliveries } = await newest(owner, schedule.id);
  expect(deliveries.map(({ state, reason, hasFiles }) => [state, reason, hasFiles])).toEqual([
    ['kept', 'no_mail', true],
    ['kept', 'no_mail', true],
  ]);
  const of = (person: StaffActor) => deliveries.find(({ staffId }) => staffId === person.id)!.id;
  const fetch = (person: StaffActor, id: string) =>
    world.call(contract.getDeliveryFile, { params: { id }, query: { kind: 'pdf' } }, person).then(() => 'given', ({ code }) => code as string); // prettier-ignore
  expect(await fetch(owner, of(clerk))).toBe('given');
  expect(await fetch(clerk, of(clerk))).toBe('given');
  expect(await fetch(clerk, of(owner))).toBe('schedule.file_not_found');
  expect(await fetch(other, of(clerk))).toBe('schedule.file_not_found');
  const seen = await world.call(contract.listSchedules, {}, clerk);
  expect(seen).toMatchObject({ canSend: false, items: [{ id: schedule.id, mayChange: false }] });
  expect((await newest(clerk, schedule.id)).deliveries.map(({ staffId }) => staffId)).toEqual([clerk.id]);
  expect((await world.call(contract.listSchedules, {}, other)).items).toEqual([]);
});

test('mail is written in the language its reader chose', async () => {
  world.clock.set('2020-12-11T10:00:00+08:00');
  const owner = await aColleague('analyst');
  await world.call(contract.setMailLanguage, { body: { language: 'en' } }, owner);
  const schedule = await aSchedule(owner, [owner]);
  await world.call(contract.sendSchedule, { params: { id: schedule.id } }, owner);
  await work();
  const [mail] = mailsTo(owner);
  expect(mail!.subject).toBe("Yesterday's net sales · 2020-12-11");
  expect(readPdf(Buffer.from(mail!.attachments[0]!.content as ArrayBuffer))[0]!.text).toContain('Net sales');
});

test('what cannot be sent is refused when it is set: somebody who may see nothing, a change of what is no longer so, too often', async () => {
  world.clock.set('2020-12-12T10:00:00+08:00');
  const owner = await aColleague('analyst');
  const stranger = await world.run((ctx) =>
    createStaff(ctx, { email: `${randomUUID()}@guyu.example`, name: 'm', password: 'a long password', role: 'warehouse' }),
  );
  const { id, body, version } = await aSchedule(owner, [owner]);
  const unfit = { ...body, recipients: [stranger.id] };
  await expect(world.call(contract.createSchedule, { body: unfit }, owner)).rejects.toMatchObject({
    code: 'schedule.recipient_unfit',
  });
  const other = await aColleague('executive');
  await expect(world.call(contract.createSchedule, { body }, other)).rejects.toMatchObject({ code: 'question.not_found' });
  const change = (seen: number) =>
    world.call(contract.changeSchedule, { params: { id }, body: { ...body, name: '周报', version: seen } }, owner);
  expect(await change(version)).toMatchObject({ name: '周报', version: version + 1 });
  await expect(change(version)).rejects.toMatchObject({ code: 'schedule.changed' });
  await world.call(contract.sendSchedule, { params: { id } }, owner);
  await expect(world.call(contract.sendSchedule, { params: { id } }, owner)).rejects.toMatchObject({ code: 'request.too_many' });
  await world.call(contract.removeSchedule, { params: { id } }, owner);
  await expect(world.call(contract.listRuns, { params: { id }, query: {} }, owner)).rejects.toMatchObject({
    code: 'schedule.not_found',
  });
});
