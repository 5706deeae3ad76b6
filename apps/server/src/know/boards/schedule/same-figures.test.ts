import { boards as boardContract, metrics as metricContract, schedules as contract, type Role } from '@tongshang/contract';
import { read, utils } from '@e965/xlsx';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import { aProduct } from '../../../base/catalog/testing.ts';
import { createStaff, staffActor } from '../../../base/identity/index.ts';
import type { StaffActor } from '../../../platform/ctx.ts';
import { type Mailbox, startMailbox } from '../../../platform/testing-mail.ts';
import { readPdf } from '../../../platform/testing-paper.ts';
import { drainQueue } from '../../../platform/worker.ts';
import { importOrders } from '../../../sell/orders/index.ts';
import { saveLocations } from '../../../supply/inventory/index.ts';
import { openAnalytics } from '../../stream/index.ts';
import { filledAnalytics } from '../../stream/testing.ts';
import { scheduleJobs } from './jobs.ts';
import { houseFigures } from './read-figures.ts';
import { writeCell } from './sheet.ts';
import { senderOf } from './testing.ts';

const world = useWorld();
let box: Mailbox;
const sold = (store: string, externalId: string, unitFen: number) => {
  const placedAt = new Date('2026-11-21T04:00:00Z');
  const lines = [{ sku: 'MUG', quantity: 3, unitFen, taxRateBp: 1300, unitCostFen: 100 }];
  return { channel: 'store', externalId, store, placedAt, paidAt: placedAt, state: 'paid' as const, lines };
};
beforeAll(async () => {
  box = await startMailbox();
  await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'MUG', variants: [{ sku: 'MUG' }] });
    await saveLocations(
      ctx,
      ['S01', 'S02'].map((code) => ({ code, name: code, nameEn: code, kind: 'store' as const })),
    );
    await importOrders(ctx, { importId: 'mail', orders: [sold('S01', 'A', 12_345), sold('S02', 'B', 777_777)] });
  });
  await filledAnalytics(world);
});
afterAll(() => box.stop());

const colleague = (role: Role, email: string, location?: string): Promise<StaffActor> =>
  world.run(async (ctx) => {
    const { id } = await createStaff(ctx, { email, name: email, password: 'a long password', role, location });
    return (await staffActor(ctx.tx, id))!;
  });

const asked = { metrics: ['net_sales', 'gross_margin'], period: 'last_7_days', by: ['store'] } as const;

test('paper, workbook and interface say the same of every row, to each in the scope of theirs', async () => {
  const [analyst, clerk] = [await colleague('analyst', 'a@guyu.example'), await colleague('clerk', 'c@guyu.example', 'S01')];
  const names = { zh: '门店业绩', en: 'Stores' };
  const tiles = [
    { id: 'a', title: null, savedId: null, question: { kind: 'metrics' as const, question: { ...asked, metrics: [...asked.metrics], by: ['store' as const] } }, chart: 'auto' as const, isOnWall: true, wide: { x: 0, y: 0, w: 6, h: 4 } },
    { id: 'b', title: names, savedId: null, question: { kind: 'metrics' as const, question: { metrics: ['visitors'], period: 'yesterday' as const } }, chart: 'auto' as const, isOnWall: true, wide: { x: 0, y: 4, w: 6, h: 4 } },
  ]; // prettier-ignore
  const board = await world.call(boardContract.createBoard, { body: { name: names, isShared: true, bar: {}, tiles } }, analyst);
  const body = {
    name: 'Stores',
    subject: { kind: 'board' as const, id: board.id },
    timing: { cadence: 'daily' as const, at: '08:00' },
    recipients: [analyst.id, clerk.id],
  };
  const { id } = await world.call(contract.createSchedule, { body }, analyst);
  await world.call(contract.sendSchedule, { params: { id } }, analyst);
  await drainQueue({
    db: world.db,
    jobs: scheduleJobs({
      openFigures: houseFigures(openAnalytics(world.config.clickhouseUrl)),
      mailer: senderOf(box.port),
      consoleOrigin: 'http://console.test',
    }),
    reactions: [],
    schedules: [],
    clock: world.clock.now,
    logger: pino({ level: 'silent' }),
  });

  for (const [who, address, stores] of [
    [analyst, 'a@guyu.example', ['S01', 'S02']],
    [clerk, 'c@guyu.example', ['S01']],
  ] as const) {
    const answer = await world.call(metricContract.queryMetrics, { query: asked as never }, who);
    expect(answer.rows.map(({ keys }) => keys[0] ?? '').toSorted()).toEqual(stores);
    const [pdf, xlsx] = box.mails
      .find(({ to }) => to?.[0]?.address === address)!
      .attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
    const paper = readPdf(pdf!).map(({ text }) => text).join(' '); // prettier-ignore
    const book = read(xlsx);
    const [, ...rows] = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1, defval: null });
    expect(rows).toEqual([
      ...answer.rows.map(({ labels, keys, values }) => [
        labels[0]?.zh ?? keys[0],
        values['net_sales']! / 100,
        values['gross_margin'],
      ]),
      ['合计', answer.total.values['net_sales']! / 100, answer.total.values['gross_margin']],
    ]);
    for (const { values } of [...answer.rows, answer.total]) {
      expect(paper).toContain(writeCell(values['net_sales']!, 'fen'));
      expect(paper).toContain(writeCell(values['gross_margin']!, 'ratio'));
    }
    expect(paper.includes('S02')).toBe(who === analyst);
    expect(paper.includes('这项数据没有门店维度')).toBe(who === clerk);
  }
});
