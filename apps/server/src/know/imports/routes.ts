import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { imports as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { handle, handleOutside } from '../../platform/http.ts';
import type { Outside, Route } from '../../platform/route.ts';
import { makeBadRowsFile } from './download/bad-rows-file.ts';
import type { TableFile } from './download/table-file.ts';
import { makeTemplate } from './download/template.ts';
import { getSample } from './get-sample.ts';
import { moveImport } from './move-import.ts';
import { getImport, listBadRows, listImports, listLedgerEntries } from './queries.ts';
import { setMapping } from './set-mapping.ts';
import { uploadBytesMax, uploadFile } from './upload-file.ts';

export const importRoutes: readonly Route[] = [
  handleOutside(contract.uploadImport, async (outside, { query }) => {
    const id = await uploadFile(outside, { ...query, bytes: await uploadedBytes(outside) });
    return outside.inTx((ctx) => getImport(ctx.tx, id));
  }),
  handle(contract.listImports, (ctx, { query }) => listImports(ctx.tx, query)),
  handle(contract.getImport, (ctx, { params }) => getImport(ctx.tx, params.id)),
  handleOutside(contract.getImportSample, (outside, { params }) => getSample(outside, params.id)),
  handleOutside(contract.setImportMapping, (outside, { params, body }) => setMapping(outside, params.id, body)),
  handle(contract.checkImport, (ctx, { params }) => moveImport(ctx, { id: params.id, move: 'check' })),
  handle(contract.runImport, (ctx, { params }) => moveImport(ctx, { id: params.id, move: 'run' })),
  handle(contract.pauseImport, (ctx, { params }) => moveImport(ctx, { id: params.id, move: 'pause' })),
  handle(contract.resumeImport, (ctx, { params }) => moveImport(ctx, { id: params.id, move: 'resume' })),
  handle(contract.cancelImport, (ctx, { params }) => moveImport(ctx, { id: params.id, move: 'cancel' })),
  handle(contract.listBadRows, (ctx, { params, query }) => listBadRows(ctx.tx, params.id, query)),
  handle(contract.listLedgerEntries, (ctx, { params, query }) => listLedgerEntries(ctx.tx, params.id, query)),
  handleOutside(contract.downloadBadRows, async (outside, { params, query }) =>
    sendFile(outside, await makeBadRowsFile(outside, params.id, query)),
  ),
  handleOutside(contract.downloadTemplate, async (outside, { params, query }) =>
    sendFile(outside, await makeTemplate(params.kind, query)),
  ),
];

/** The one file of a multipart body, or a raw body, as it streams in. */
async function uploadedBytes({ raw }: Outside): Promise<AsyncIterable<Buffer>> {
  const request = raw?.request;
  if (request?.isMultipart?.() === true) {
    const part = await request.file({ limits: { fileSize: uploadBytesMax + 1, files: 1 } });
    if (part !== undefined) return part.file as AsyncIterable<Buffer>;
  }
  const body: unknown = request?.body;
  if (body instanceof Readable) return body as AsyncIterable<Buffer>;
  if (Buffer.isBuffer(body)) return Readable.from([body]);
  return refuse('request.invalid', { issues: [{ at: 'body', path: 'file', code: 'missing' }] });
}

/** Replies with a file; a caller inside the house gets nothing. */
async function sendFile({ raw }: Outside, { contentType, fileName, body }: TableFile & { fileName: string }): Promise<undefined> {
  if (raw === undefined) return;
  void raw.reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header('cache-control', 'no-store')
    .send(Buffer.isBuffer(body) ? body : Readable.from(body));
  await finished(raw.reply.raw);
}
