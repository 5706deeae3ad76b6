import { randomUUID } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { answerProblems, bindRoutes } from '../../platform/http.ts';
import { readPdf } from '../../platform/testing-paper.ts';
import { readCode128 } from './documents/testing.ts';
import { aFulfilment, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const staff = aStaff('warehouse');
const worker = aWorker(world, staff);

function openApp() {
  const app = Fastify();
  answerProblems(app as never);
  bindRoutes(app as never, world.house.routes, {
    db: world.db,
    clock: world.clock.now,
    origins: [],
    actorOf: () => Promise.resolve(staff),
  });
  return app;
}

test('label, packing list, pick list and manifest come as PDF that nobody between keeps; before it is packed there is no label', async () => {
  const { fulfilmentId, number } = await world.run(async (ctx) => {
    await aWarehouse(ctx, { mug: 5 });
    return aFulfilment(ctx, { lines: [{ sku: 'mug', quantity: 2 }] });
  });
  const app = openApp();
  const print = async (path: string) => app.inject({ url: `/api/warehouse/${path}` });
  const tooSoon = await print(`fulfilments/${fulfilmentId}/label`);
  expect([tooSoon.statusCode, (tooSoon.json() as { code: string }).code]).toEqual([409, 'fulfilment.wrong_state']);

  const packed = await worker.prepare(fulfilmentId);
  const { id: manifestId, number: manifest } = await worker.handOver('SLOW', [fulfilmentId]);
  const papers = [
    [`fulfilments/${fulfilmentId}/label`, packed.trackingNumber, '人民大道'],
    [`fulfilments/${fulfilmentId}/packing-list?language=en`, number, 'Packing list'],
    [`pick-lists/${packed.pickListId ?? ''}/document`, undefined, '拣货单'],
    [`manifests/${manifestId}/document`, manifest, '交接单'],
  ] as const;
  for (const [path, code, words] of papers) {
    const answer = await print(path);
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      200,
      'application/pdf',
      'no-store',
    ]);
    const [page] = readPdf(answer.rawPayload);
    expect(page?.text).toContain(words);
    const read = readCode128(page?.bars ?? []);
    if (code === undefined) expect(read).toMatch(/^P\d{6}-/);
    else expect(read).toBe(code);
  }
  await app.close();
});

test('the board shows what stands where, by when it leaves, and what is late', async () => {
  const { fulfilmentId, number } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'mug', quantity: 1 }] }));
  const list = (query: object) => world.call(contract.listFulfilments, { query }, staff);
  expect((await list({ state: 'open' })).items).toMatchObject([
    { id: fulfilmentId, recipientName: '张**', units: 1, dispatchBy: '2026-11-22T10:00:00.000Z', isLate: false },
  ]);
  expect((await list({ text: number.toLowerCase() })).items).toHaveLength(1);
  world.clock.set('2026-11-22T10:00:01Z');
  expect((await list({ late: 'true' })).items.map(({ id }) => id)).toEqual([fulfilmentId]);
  expect(await world.call(contract.countFulfilments, { query: { location: 'WH1' } }, staff)).toMatchObject({
    states: { open: 1, handed_over: 1 },
    late: 1,
  });
  const work = await world.call(contract.getWork, { query: { location: 'WH1' } }, staff);
  expect(work.steps).toContainEqual({ state: 'open', fulfilments: 1, units: 1, late: 1 });
  expect(work.departures).toMatchObject([{ fulfilments: 1, packed: 0 }]);
  world.clock.set('2026-11-22T04:00:00Z');
});

test('pages follow one another without a gap, in the order in which work leaves', async () => {
  for (let count = 0; count < 4; count += 1)
    await world.run((ctx) => aFulfilment(ctx, { mayJoin: false, lines: [{ sku: 'mug', quantity: 1 }] }).catch(() => undefined));
  const whole = await world.call(contract.listFulfilments, { query: {} }, staff);
  const seen: string[] = [];
  for (let after: string | undefined = undefined, next: string | null = ''; next !== null; after = next ?? undefined) {
    const page: typeof whole = await world.call(
      contract.listFulfilments,
      { query: { limit: 2, ...(after && { after }) } },
      staff,
    );
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  expect(seen).toEqual(whole.items.map(({ id }) => id));
});

test('what is not there is refused by its name', async () => {
  const id = randomUUID();
  const refusals = [
    [() => world.call(contract.getFulfilment, { params: { fulfilmentId: id } }, staff), 'fulfilment.not_found'],
    [() => world.call(contract.getPickList, { params: { pickListId: id } }, staff), 'pick_list.not_found'],
    [() => world.call(contract.abandonPicking, { params: { pickListId: id } }, staff), 'pick_list.not_found'],
    [() => world.call(contract.getManifest, { params: { manifestId: id } }, staff), 'manifest.not_found'],
    [() => world.call(contract.startPicking, { body: { location: 'S01' } }, staff), 'fulfilment.none_open'],
    [() => world.call(contract.startPicking, { body: { location: 'MARS' } }, staff), 'location.not_found'],
    [() => world.call(contract.handOver, { body: { location: 'WH1', carrier: 'NONE' } }, staff), 'fulfilment.none_packed'],
    [
      () => world.call(contract.handOver, { body: { location: 'WH1', carrier: 'SLOW', fulfilmentIds: [id] } }, staff),
      'fulfilment.not_found',
    ],
    [
      () => world.call(contract.setBins, { body: { location: 'WH1', bins: [{ sku: 'nothing', bin: 'A-1' }] } }, staff),
      'sku.not_found',
    ],
    [
      () => world.call(contract.setBins, { body: { location: 'MARS', bins: [{ sku: 'mug', bin: 'A-1' }] } }, staff),
      'location.not_found',
    ],
    [() => world.call(contract.getWork, { query: { location: 'MARS' } }, staff), 'location.not_found'],
  ] as const;
  for (const [ask, code] of refusals) await expect(ask()).rejects.toMatchObject({ code });
});

test('bins are set, changed and taken away, and listed as people walk', async () => {
  const set = (bins: { sku: string; bin: string | null }[]) =>
    world.call(contract.setBins, { body: { location: 'WH1', bins } }, staff);
  await world.run((ctx) => aWarehouse(ctx, { cup: 1 }));
  expect(await set([{ sku: 'mug', bin: 'b-2' }, { sku: 'cup', bin: 'A-1' }])).toEqual({ changed: 2 }); // prettier-ignore
  const list = () => world.call(contract.listBins, { query: { location: 'WH1' } }, staff);
  expect((await list()).items.map(({ sku, bin }) => [sku, bin])).toEqual([['cup', 'A-1'], ['mug', 'B-2']]); // prettier-ignore
  await set([{ sku: 'mug', bin: null }]);
  expect((await list()).items.map(({ sku }) => sku)).toEqual(['cup']);
});
