import { warehouse as contract } from '@tongshang/contract';
import { handle, handleOutside, type Outside, type Route } from '../../platform/route.ts';
import { checkPickup, collectPickup } from './collect-pickup.ts';
import { labelOf, manifestSheetOf, packingListOf, pickListSheetOf } from './documents/facts.ts';
import { drawLabel } from './documents/label.ts';
import { drawManifest, drawPackingList, drawPickList } from './documents/sheets.ts';
import { finishPacking, unpack } from './finish-packing.ts';
import { finishPicking } from './finish-picking.ts';
import { handOver } from './hand-over.ts';
import { getManifest, getPickList, getWork, listBins, listManifests, listPickLists } from './list-work.ts';
import { countFulfilments, getFulfilment, listFulfilments } from './queries.ts';
import { rejectFulfilment } from './reject-fulfilment.ts';
import { scanIntoParcel } from './scan-into-parcel.ts';
import { setBins } from './set-bins.ts';
import { abandonPicking, startPicking } from './start-picking.ts';

export const warehouseRoutes: Route[] = [
  handle(contract.listFulfilments, (ctx, { query }) => listFulfilments(ctx, query)),
  handle(contract.countFulfilments, (ctx, { query }) => countFulfilments(ctx, query)),
  handle(contract.getFulfilment, (ctx, { params }) => getFulfilment(ctx, params.fulfilmentId)),
  handle(contract.getWork, (ctx, { query }) => getWork(ctx, query.location)),

  handle(contract.startPicking, async (ctx, { body }) => getPickList(ctx, await startPicking(ctx, body))),
  handle(contract.listPickLists, (ctx, { query }) => listPickLists(ctx, query)),
  handle(contract.getPickList, (ctx, { params }) => getPickList(ctx, params.pickListId)),
  handle(contract.finishPicking, async (ctx, { params, body }) => {
    await finishPicking(ctx, { ...params, ...body });
    return getPickList(ctx, params.pickListId);
  }),
  handle(contract.abandonPicking, async (ctx, { params }) => {
    await abandonPicking(ctx, params);
    return getPickList(ctx, params.pickListId);
  }),
  handle(contract.rejectFulfilment, async (ctx, { params, body }) => {
    await rejectFulfilment(ctx, { ...params, ...body });
    return getFulfilment(ctx, params.fulfilmentId);
  }),

  handle(contract.scanIntoParcel, async (ctx, { params, body }) => {
    await scanIntoParcel(ctx, { ...params, ...body });
    return getFulfilment(ctx, params.fulfilmentId);
  }),
  handle(contract.unpack, async (ctx, { params, body }) => {
    await unpack(ctx, { ...params, ...body });
    return getFulfilment(ctx, params.fulfilmentId);
  }),
  handle(contract.finishPacking, async (ctx, { params, body }) => {
    await finishPacking(ctx, { ...params, ...body });
    return getFulfilment(ctx, params.fulfilmentId);
  }),

  handle(contract.handOver, async (ctx, { body }) => {
    const { manifestId, heldBack } = await handOver(ctx, body);
    const named = heldBack.map(({ why: { details }, ...parcel }) => ({ ...parcel, details }));
    return { ...(await getManifest(ctx, manifestId)), heldBack: named };
  }),
  handle(contract.listManifests, (ctx, { query }) => listManifests(ctx, query)),
  handle(contract.getManifest, (ctx, { params }) => getManifest(ctx, params.manifestId)),
  handle(contract.checkPickup, async (ctx, { body }) => getFulfilment(ctx, (await checkPickup(ctx, body)).id)),
  handle(contract.collectPickup, async (ctx, { body }) => getFulfilment(ctx, await collectPickup(ctx, body))),
  handle(contract.listBins, (ctx, { query }) => listBins(ctx, query)),
  handle(contract.setBins, async (ctx, { body }) => ({ changed: await setBins(ctx, body) })),

  handleOutside(contract.printLabel, async (outside, { params, query: { language } }) => {
    const facts = await outside.inTx((ctx) => labelOf(ctx, params.fulfilmentId));
    return sendPdf(outside, `label_${facts.number}`, await drawLabel(facts, language));
  }),
  handleOutside(contract.printPackingList, async (outside, { params, query: { language } }) => {
    const facts = await outside.inTx((ctx) => packingListOf(ctx, params.fulfilmentId));
    return sendPdf(outside, `packing-list_${facts.number}`, await drawPackingList(facts, language));
  }),
  handleOutside(contract.printPickList, async (outside, { params, query: { language } }) => {
    const facts = await outside.inTx((ctx) => pickListSheetOf(ctx, params.pickListId));
    return sendPdf(outside, `pick-list_${facts.number}`, await drawPickList(facts, language));
  }),
  handleOutside(contract.printManifest, async (outside, { params, query: { language } }) => {
    const facts = await outside.inTx((ctx) => manifestSheetOf(ctx, params.manifestId));
    return sendPdf(outside, `manifest_${facts.number}`, await drawManifest(facts, language));
  }),
];

/** Shown by the browser, which prints it; never kept by anybody between: it carries an address. */
async function sendPdf({ raw }: Outside, name: string, pdf: Buffer): Promise<Record<string, never> | undefined> {
  if (raw === undefined) return {};
  await raw.reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .header('cache-control', 'no-store')
    .send(pdf);
  return undefined;
}
