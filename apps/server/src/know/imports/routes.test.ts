import { gzipSync } from 'node:zlib';
import multipart from '@fastify/multipart';
import { imports as contract, urlOf } from '@tongshang/contract';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import type { Actor } from '../../platform/ctx.ts';
import { answerProblems, bindRoutes } from '../../platform/http.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { importRoutes } from './routes.ts';
import { anUpload, runTo } from './testing.ts';

const world = useWorld();
const operations = aStaff('operations');
const nowhere = crypto.randomUUID();
let app: FastifyInstance;
let actor: Actor = operations;

beforeAll(async () => {
  await world.run((ctx) => aStock(ctx, 'kettle', 1));
  app = fastify();
  answerProblems(app);
  await app.register(multipart);
  bindRoutes(app, importRoutes, { db: world.db, clock: world.clock.now, origins: [], actorOf: () => Promise.resolve(actor) });
});
afterAll(() => app.close());

async function upload(bytes: Buffer, query: { kind: 'stock' | 'orders'; fileName: string }, fileName = 'ignored.exe') {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), fileName);
  const request = new Request('http://house.test', { method: 'POST', body: form });
  const answer = await app.inject({
    method: 'POST',
    url: urlOf(contract.uploadImport, { query }),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown> & { id: string }>() };
}

test('a file is uploaded as multipart, recognised by what is in it, and its name cannot lead out of anywhere', async () => {
  const { status, body } = await upload(Buffer.from('SKU,Quantity\nA1,3\n'), {
    kind: 'stock',
    fileName: '../../etc/\u202Epass"wd.csv',
  });
  expect(status).toBe(200);
  expect(contract.Import.parse(body)).toMatchObject({
    kind: 'stock',
    state: 'uploaded',
    fileName: 'passwd.csv',
    mapping: ['sku', 'quantity'],
    createdBy: 'Test operations',
  });
  const sample = await world.call(contract.getImportSample, { params: { id: body.id } }, operations);
  expect(sample.rows).toEqual([{ rowNo: 2, cells: ['A1', '3'], reasons: [] }]);
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const bomb = (() => {
  const name = Buffer.from('xl/workbook.xml');
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt32LE(1_000, 20);
  entry.writeUInt32LE(4_000_000_000, 24);
  entry.writeUInt16LE(name.length, 28);
  name.copy(entry, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(4, 16);
  return Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), entry, end]);
})();

test.each([
  ['an empty file', Buffer.alloc(0), 'empty'],
  ['a picture', png, 'not_a_table'],
  ['a picture in gzip', gzipSync(png), 'not_a_table'],
  ['a broken gzip', gzipSync('a,b\n1,2\n').subarray(0, 14), 'gzip_broken'],
  ['an old spreadsheet', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_or_locked_spreadsheet'],
  ['a zip that is no workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'not_a_table'],
  ['a workbook that would unpack to gigabytes', bomb, 'spreadsheet_too_large'],
])('%s is refused with its reason', async (_what, bytes, reason) => {
  const { status, body } = await upload(bytes, { kind: 'stock', fileName: 'x.csv' });
  expect({ status, code: body['code'], details: body['details'] }).toEqual({
    status: 422,
    code: 'import.unreadable',
    details: { reason },
  });
});

test('no file at all is refused', async () => {
  await expect(world.call(contract.uploadImport, { query: { kind: 'stock', fileName: 'x' } }, operations)).rejects.toMatchObject({
    code: 'request.invalid',
  });
});

test('an import that does not exist is not found, whatever is asked of it', async () => {
  const params = { id: nowhere };
  const asked = [
    () => world.call(contract.getImport, { params }, operations),
    () => world.call(contract.getImportSample, { params }, operations),
    () => world.call(contract.setImportMapping, { params, body: {} }, operations),
    () => world.call(contract.checkImport, { params }, operations),
    () => world.call(contract.runImport, { params }, operations),
    () => world.call(contract.pauseImport, { params }, operations),
    () => world.call(contract.resumeImport, { params }, operations),
    () => world.call(contract.cancelImport, { params }, operations),
    () => world.call(contract.listBadRows, { params }, operations),
    () => world.call(contract.listLedgerEntries, { params }, operations),
    () => world.call(contract.downloadBadRows, { params }, operations),
  ];
  for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'import.not_found', details: { id: nowhere } });
});

test('what the state does not allow is refused with what it does allow', async () => {
  const { id } = await anUpload(world, 'SKU,Quantity\nA1,3\n', { kind: 'stock' });
  const params = { id };
  await expect(world.call(contract.pauseImport, { params }, operations)).rejects.toMatchObject({
    code: 'import.wrong_state',
    details: { state: 'uploaded', moves: ['map', 'check', 'run', 'cancel'] },
  });
  await expect(world.call(contract.resumeImport, { params }, operations)).rejects.toMatchObject({ code: 'import.wrong_state' });
  await world.call(contract.cancelImport, { params }, operations);
  for (const endpoint of [contract.cancelImport, contract.runImport, contract.checkImport])
    await expect(world.call(endpoint, { params }, operations)).rejects.toMatchObject({ code: 'import.wrong_state' });
  await expect(world.call(contract.setImportMapping, { params, body: {} }, operations)).rejects.toMatchObject({
    code: 'import.wrong_state',
  });
});

test('a mapping must be whole before anything runs: required columns, and a rate for another currency', async () => {
  const { id } = await anUpload(world, 'SKU,什么\nA1,3\n', { kind: 'stock' });
  const params = { id };
  await expect(world.call(contract.runImport, { params }, operations)).rejects.toMatchObject({
    code: 'import.mapping_incomplete',
    details: { missing: ['quantity'] },
  });
  await expect(
    world.call(contract.setImportMapping, { params, body: { mapping: ['sku', 'sku'] } }, operations),
  ).rejects.toMatchObject({ code: 'import.mapping_incomplete', details: { twice: ['sku'] } });
  await expect(
    world.call(contract.setImportMapping, { params, body: { mapping: ['sku', null, 'cost'] } }, operations),
  ).rejects.toMatchObject({ code: 'import.mapping_incomplete', details: { columns: 2 } });
  await world.call(
    contract.setImportMapping,
    { params, body: { mapping: ['sku', 'quantity'], options: { currency: 'GBP' } } },
    operations,
  );
  await expect(world.call(contract.checkImport, { params }, operations)).rejects.toMatchObject({
    details: { missing: ['exchangeRate'] },
  });
  await expect(
    world.call(contract.setImportMapping, { params, body: { options: { timeZone: 'Mars/Olympus' } } }, operations),
  ).rejects.toMatchObject({ code: 'request.invalid' });
  await expect(
    world.call(contract.setImportMapping, { params, body: { options: { headerRow: 40 } } }, operations),
  ).rejects.toMatchObject({ code: 'import.unreadable', details: { reason: 'no_headings' } });
  const read = await world.call(
    contract.setImportMapping,
    { params, body: { kind: 'products', options: { exchangeRate: '9.2' } } },
    operations,
  );
  expect(read).toMatchObject({
    kind: 'products',
    mapping: ['sku', null],
    missing: ['name'],
    options: { currency: 'GBP', exchangeRate: '9.2', timeZone: 'Asia/Shanghai' },
  });
});

test('who may only look cannot run, and who may neither sees nothing', async () => {
  const { id } = await anUpload(world, 'SKU,Quantity\nA1,3\n', { kind: 'stock' });
  const params = { id };
  expect((await world.call(contract.getImport, { params }, aStaff('analyst'))).id).toBe(id);
  await expect(world.call(contract.runImport, { params }, aStaff('analyst'))).rejects.toMatchObject({
    code: 'auth.forbidden',
    details: { permission: 'imports.run' },
  });
  await expect(world.call(contract.listImports, {}, aStaff('warehouse'))).rejects.toMatchObject({
    code: 'auth.forbidden',
    details: { permission: 'imports.view' },
  });
  await expect(world.call(contract.listImports, {}, aShopper())).rejects.toMatchObject({ code: 'auth.required' });
});

test('imports are listed newest first, a page at a time', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await world.call(
      contract.listImports,
      { query: { limit: 2, kind: 'stock', ...(after && { after }) } },
      operations,
    );
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(seen).toEqual(seen.toSorted().toReversed());
});

test('bad rows and templates are downloaded as files that our own upload understands', async () => {
  const { id } = await anUpload(world, 'SKU,Quantity\nghost,3\n', { kind: 'stock', fileName: '库存.csv' });
  await runTo(world, id, 'run');
  const bad = await app.inject({
    method: 'GET',
    url: urlOf(contract.downloadBadRows, { params: { id }, query: { format: 'csv', language: 'en' } }),
  });
  expect(bad.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(bad.headers['content-disposition']).toContain(encodeURIComponent('库存-bad-rows.csv'));
  expect(bad.body).toBe('\uFEFFSKU,Quantity,Original row,What is wrong\r\nghost,3,2,SKU: no such SKU (ghost)\r\n');
  for (const kind of contract.importKinds)
    for (const format of ['csv', 'xlsx'] as const)
      for (const language of ['zh-CN', 'en'] as const) {
        const { rawPayload } = await app.inject({
          method: 'GET',
          url: urlOf(contract.downloadTemplate, { params: { kind }, query: { format, language } }),
        });
        const told = await anUpload(world, rawPayload, { kind });
        expect(told.mapping, `${kind} ${format} ${language}`).toEqual(contract.importFields[kind].map(({ field }) => field));
        expect(
          (await world.call(contract.getImportSample, { params: { id: told.id } }, operations)).rows.map(
            ({ reasons }) => reasons,
          ),
        ).toEqual([[], []]);
      }
});

test('ledger lines that are neither sale nor return are listed with what they were', async () => {
  const { id } = await anUpload(
    world,
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice\nE1,AMAZONFEE,AMAZON FEE,-1,2026-11-01 10:00,100.1\n',
  );
  await runTo(world, id, 'run');
  const { items } = await world.call(contract.listLedgerEntries, { params: { id } }, operations);
  expect(items).toEqual([
    {
      id: 'E1/2',
      rowNo: 2,
      class: 'fee',
      document: 'E1',
      code: 'AMAZONFEE',
      text: 'AMAZON FEE',
      quantity: -1,
      amountFen: -10_010,
      customer: null,
      at: '2026-11-01T02:00:00.000Z',
    },
  ]);
});
