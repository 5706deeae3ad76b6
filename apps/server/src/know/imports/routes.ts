import { imports as contract } from '@tongshang/contract';
import { handle, handleOutside } from '../../platform/http.ts';
import type { Route } from '../../platform/route.ts';
import { sendFile, uploadedBytes } from '../../platform/table-file/exchange-file.ts';
import { makeBadRowsFile } from './download/bad-rows-file.ts';
import { makeTemplate } from './download/template.ts';
import { getSample } from './get-sample.ts';
import { moveImport } from './move-import.ts';
import { getImport, listBadRows, listImports, listLedgerEntries } from './queries.ts';
import { setMapping } from './set-mapping.ts';
import { uploadBytesMax, uploadFile } from './upload-file.ts';

export const importRoutes: readonly Route[] = [
  handleOutside(contract.uploadImport, async (outside, { query }) => {
    const id = await uploadFile(outside, { ...query, bytes: await uploadedBytes(outside, uploadBytesMax) });
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
