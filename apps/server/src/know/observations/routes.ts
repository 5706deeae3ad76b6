import { observations as contract } from '@tongshang/contract';
import { handle, handleOutside } from '../../platform/route.ts';
import { sendFile, uploadedBytes } from '../../platform/table-file/exchange-file.ts';
import { correctObservation } from './correct-observation.ts';
import { listObservationFiles, listObservations, listObservationVersions } from './queries.ts';
import { recordObservations, sendObservations } from './record-observations.ts';
import { makeTemplate } from './template.ts';
import { uploadFile } from './upload-file.ts';

export const observationRoutes = [
  handle(contract.listObservations, (ctx, { query }) => listObservations(ctx.tx, query)),
  handle(contract.listObservationVersions, (ctx, { params }) => listObservationVersions(ctx.tx, params.id)),
  handle(contract.recordObservations, (ctx, { body }) => recordObservations(ctx, body)),
  handle(contract.sendObservations, (ctx, { body }) => sendObservations(ctx, body)),
  handle(contract.correctObservation, (ctx, { params, body }) => correctObservation(ctx, { ...params, ...body })),
  handle(contract.listObservationFiles, (ctx) => listObservationFiles(ctx.tx)),
  handleOutside(contract.uploadObservations, async (outside, { query }) =>
    uploadFile(outside, { ...query, bytes: await uploadedBytes(outside, contract.observationLimits.fileBytesMax) }),
  ),
  handleOutside(contract.downloadObservationTemplate, async (outside, { query }) => sendFile(outside, await makeTemplate(query))),
];
