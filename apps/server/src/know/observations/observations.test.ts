import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { collection, observations as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { ask, rebuildAnalytics } from '../stream/index.ts';
import { filledAnalytics } from '../stream/testing.ts';
import { recordObservations } from './record-observations.ts';
import { makeTemplate } from './template.ts';
import { uploadFile } from './upload-file.ts';

const world = useWorld();
const marketer = aStaff('marketer');
const operations = aStaff('operations', { name: 'Ops' });

const record = (items: object[], actor = marketer) =>
  world.call(contract.recordObservations, { body: { items: items as never } }, actor);
const list = async (query: object) => (await world.call(contract.listObservations, { query }, marketer)).items;
const upload = (text: string | Buffer, mode: 'check' | 'record' = 'record', source = 'file') =>
  uploadFile(
    { inTx: (work) => world.run(work, operations) },
    { fileName: '十一月.csv', mode, source, bytes: Readable.from([Buffer.from(text)]) },
  );
const spend = {
  name: 'campaign_spend',
  from: '2026-11-01',
  campaign: 'double-11',
  channel: 'Weibo',
  value: 300_000,
  source: 'bill',
};

/** The sums that figures are made of, as ClickHouse holds them. */
async function sums(name: string) {
  const analytics = await filledAnalytics(world);
  return ask<{ day: string; amount: number; cases: number }>(
    analytics,
    `select toString(day) as day, toFloat64(sum(amount)) as amount, sum(cases) as cases from observation final
     where name = {name:String} and is_withdrawn = 0 group by day order by day`,
    { name },
  );
}

test('a file without its columns says which; the templates are read by the house itself', async () => {
  expect(await upload('a,b\n1,2')).toMatchObject({ missing: ['name', 'from', 'value'], recorded: 0 });
  for (const language of ['zh-CN', 'en'] as const)
    for (const format of ['csv', 'xlsx'] as const) {
      const { body } = await makeTemplate({ format, language });
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from((await Array.fromAsync(body)).join(''));
      expect(await upload(bytes, 'check')).toMatchObject({ missing: [], rows: 5, bad: 0 });
    }
});

test('a figure keeps its source, who and when; the same again changes nothing, another value is a newer version', async () => {
  expect(await record([spend])).toEqual({ recorded: 1, corrected: 0, unchanged: 0 });
  expect(await record([spend])).toEqual({ recorded: 0, corrected: 0, unchanged: 1 });
  expect(await record([{ ...spend, value: 320_000 }], operations)).toEqual({ recorded: 0, corrected: 1, unchanged: 0 });
  const [one] = await list({ name: 'campaign_spend' });
  expect(one).toMatchObject({
    value: 320_000,
    version: 2,
    channel: 'weibo',
    recordedBy: 'Ops',
    source: 'bill',
    to: '2026-11-01',
  });
  const { items } = await world.call(contract.listObservationVersions, { params: { id: one!.id } }, marketer);
  expect(items.map(({ version, value, recordedBy }) => [version, value, recordedBy])).toEqual([
    [2, 320_000, 'Ops'],
    [1, 300_000, 'Test marketer'],
  ]);
});

test('a list with one bad figure leaves nothing behind, and says which and why', async () => {
  const items = [
    { ...spend, name: 'exposure', value: 10 },
    { ...spend, name: 'satisfaction', value: 7 },
    { ...spend, campaign: '' },
  ];
  await expect(record(items)).rejects.toMatchObject({
    code: 'observation.invalid',
    details: {
      rows: [
        { index: 1, faults: [{ code: 'number.out_of_range', field: 'value' }] },
        { index: 2, faults: [{ code: 'cell.missing', field: 'campaign' }] },
      ],
    },
  });
  expect(await list({ name: 'exposure' })).toEqual([]);
  await expect(record([spend], aStaff('executive'))).rejects.toMatchObject({ code: 'auth.forbidden' });
});

test('who records days of a line while somebody else does waits for them, and is refused where days would count twice', async () => {
  const week = { name: 'social_mentions' as const, channel: '', campaign: '', value: 1, source: 'tool' };
  await record([{ ...week, from: '2026-09-01' }]); // the line is there
  const [written, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = world.run(async (ctx) => {
    await recordObservations(ctx, { items: [{ ...week, from: '2026-10-01', to: '2026-10-07' }] });
    written.resolve();
    await mayEnd.promise;
  });
  await written.promise;
  const second = record([{ ...week, from: '2026-10-05', to: '2026-10-11' }]);
  const settled = await Promise.race([second.then(String, String), sleep(150, 'waiting')]);
  mayEnd.resolve();
  await first;
  expect(settled).toBe('waiting');
  await expect(second).rejects.toMatchObject({ code: 'observation.invalid' });
  expect(await list({ name: 'social_mentions', from: '2026-10-01' })).toHaveLength(1);
});

test('a correction is a version that somebody saw the one before of; a withdrawn figure counts no more', async () => {
  await record([{ name: 'review_score', from: '2026-11-02', value: 4.5, cases: 40, source: '平台评价' }]);
  const [one] = await list({ name: 'review_score' });
  const correct = (body: object) =>
    world.call(
      contract.correctObservation,
      { params: { id: one!.id }, body: { source: '平台评价', value: 4.4, cases: 44, ...body } as never },
      operations,
    );
  expect(await correct({ version: 1, note: '补四条' })).toMatchObject({ version: 2, value: 4.4, cases: 44, note: '补四条' });
  await expect(correct({ version: 1 })).rejects.toMatchObject({ code: 'observation.changed', details: { current: 2 } });
  await expect(correct({ version: 2, value: 9 })).rejects.toMatchObject({ code: 'observation.invalid' });
  expect(await sums('review_score')).toEqual([{ day: '2026-11-02', amount: 193.6, cases: 44 }]);
  expect(await correct({ version: 2, isWithdrawn: true })).toMatchObject({ version: 3, isWithdrawn: true });
  expect(await sums('review_score')).toEqual([]);
  await record([{ name: 'review_score', from: '2026-11-01', to: '2026-11-03', value: 4.2, source: '周报' }]);
  await expect(correct({ version: 3 })).rejects.toMatchObject({ code: 'observation.invalid' }); // its day is taken by now
});

test('a file is checked without a trace; recording keeps the good rows and names the bad, and the same file again changes nothing', async () => {
  const text = [
    '指标,日期,截止日期,渠道,活动,数值（金额填元）,样本数,来源',
    '活动花费,2026/11/3,,weibo,double-11,"1,234.50",,投放后台',
    '声量占比,2026-11-01,2026-11-07,xiaohongshu,,18.3%,4200,',
    '满意度问卷,2026-11-01,,,,4.6,,',
    '满意度,2026-13-01,,,,4.6,,',
    '顾客满意度,2026-11-05,,,,四,,',
    '声量占比,2026-11-03,,xiaohongshu,,0.2,,',
    '活动花费,2026-11-03,,Weibo,double-11,5,,',
  ].join('\r\n');
  const checked = await upload(text, 'check');
  expect(checked).toMatchObject({ missing: [], rows: 7, recorded: 2, corrected: 0, bad: 5 });
  expect(await list({ name: 'share_of_voice' })).toEqual([]);
  expect(
    checked.badRows.map(({ rowNo, faults }) => [rowNo, ...faults.map(({ code, field, value }) => `${field} ${code} ${value}`)]),
  ).toEqual([
    [4, 'name name.unknown 满意度问卷'],
    [5, 'from date.invalid 2026-13-01'],
    [6, 'value number.invalid 四'],
    [7, 'from period.overlaps 2026-11-01 – 2026-11-07'],
    [8, 'from row.repeated 2'],
  ]);
  expect(await upload(text)).toMatchObject({ recorded: 2, bad: 5 });
  expect(await upload(text)).toMatchObject({ recorded: 0, corrected: 0, unchanged: 2, bad: 5 });
  const [share] = await list({ name: 'share_of_voice' });
  expect(share).toMatchObject({ value: 0.183, cases: 4200, source: 'file', fileName: '十一月.csv', recordedBy: 'Ops' });
  const { items } = await world.call(contract.listObservationFiles, {}, marketer);
  expect(items.map(({ rows, recorded, unchanged, bad }) => [rows, recorded, unchanged, bad])).toEqual([
    [7, 0, 2, 5],
    [7, 2, 0, 5],
  ]);
  expect(await list({ name: 'campaign_spend', from: '2026-11-03' })).toMatchObject([{ value: 123_450 }]);
  expect(await sums('campaign_spend')).toEqual([
    { day: '2026-11-01', amount: 320_000, cases: 1 },
    { day: '2026-11-03', amount: 123_450, cases: 1 },
  ]);
});

test('a partner’s server records with its secret key; a browser’s key is nobody’s', async () => {
  const admin = aStaff('admin');
  const add = (kind: 'server' | 'browser') =>
    world.call(collection.addSource, { body: { name: `声量 ${kind}`, channel: 'shop', kind } }, admin);
  const items = [
    { name: 'brand_search_index' as const, from: '2026-11-20', channel: 'baidu', value: 1280.5, source: '搜索指数' },
  ];
  const send = (writeKey: string) =>
    world.call(
      contract.sendObservations,
      { body: { writeKey, items } },
      { kind: 'shopper', visitorId: 'v', customerId: undefined, name: 'guest' },
    );
  const server = await add('server');
  expect(await send(server.writeKey)).toEqual({ recorded: 1, corrected: 0, unchanged: 0 });
  expect(await send(server.writeKey)).toEqual({ recorded: 0, corrected: 0, unchanged: 1 });
  await expect(send((await add('browser')).writeKey)).rejects.toMatchObject({ code: 'collection.unknown_key' });
  expect(await list({ name: 'brand_search_index' })).toMatchObject([{ recordedBy: '声量 server', value: 1280.5 }]);
});

test('told again from the beginning of the log, and versions told twice, the figures are the same', async () => {
  const all = () =>
    Promise.all(['campaign_spend', 'review_score', 'share_of_voice', 'brand_search_index', 'social_mentions'].map(sums));
  const before = await all();
  expect(before.every((days) => days.length > 0)).toBe(true);
  const analytics = await filledAnalytics(world);
  await rebuildAnalytics({ db: world.db, analytics, clock: world.clock.now });
  expect(await all()).toEqual(before);
  await analytics.client.command({ query: 'insert into observation select * from observation settings insert_deduplicate = 0' });
  expect(await all()).toEqual(before);
});
