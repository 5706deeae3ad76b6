import { schedules as contract } from '@tongshang/contract';
import { setStaffLanguage, staffMail } from '../../../base/identity/index.ts';
import { handle, handleOutside, type Route } from '../../../platform/route.ts';
import { staffOf } from '../board.ts';
import { fileName } from './mail-text.ts';
import { getDeliveryFile, listRecipients, listRuns, listSchedules } from './queries.ts';
import { changeSchedule, createSchedule, pauseSchedule, removeSchedule } from './save-schedule.ts';
import { sendNow } from './start-runs.ts';

const types = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export const scheduleRoutes = ({ canSend }: { canSend: boolean }): readonly Route[] => [
  handle(contract.listSchedules, async (ctx) => ({ items: await listSchedules(ctx), canSend })),
  handle(contract.listRecipients, (ctx) => listRecipients(ctx.tx)),
  handle(contract.createSchedule, (ctx, { body }) => createSchedule(ctx, body)),
  handle(contract.changeSchedule, (ctx, { params, body }) => changeSchedule(ctx, { ...body, ...params })),
  handle(contract.pauseSchedule, (ctx, { params, body }) => pauseSchedule(ctx, { ...params, ...body })),
  handle(contract.removeSchedule, async (ctx, { params }) => {
    await removeSchedule(ctx, params);
    return {};
  }),
  handle(contract.sendSchedule, (ctx, { params }) => sendNow(ctx, params)),
  handle(contract.listRuns, (ctx, { params, query }) => listRuns(ctx, { ...params, ...query })),
  handleOutside(contract.getDeliveryFile, async (outside, { params, query }) => {
    const { title, bytes } = await outside.inTx((ctx) => getDeliveryFile(ctx, { ...params, ...query }));
    await outside.raw?.reply
      .type(types[query.kind])
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName(title, query.kind))}`)
      .send(bytes);
    return outside.raw === undefined ? {} : undefined;
  }),
  handle(contract.getMailLanguage, async ({ tx, actor }) => ({
    language: (await staffMail(tx, staffOf(actor).id))?.language ?? 'zh-CN',
  })),
  handle(contract.setMailLanguage, async (ctx, { body }) => {
    await setStaffLanguage(ctx, { id: staffOf(ctx.actor).id, ...body });
    return body;
  }),
];
