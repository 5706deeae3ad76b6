import { views as contract } from '@tongshang/contract';
import { handle } from '../../platform/http.ts';
import { chooseDefaultView, putLayout } from './lay-out.ts';
import { listViews } from './queries.ts';
import { changeView, removeView, saveView } from './save-view.ts';
import { staffOf } from './view.ts';

export const viewRoutes = [
  handle(contract.listViews, ({ tx, actor }) => listViews(tx, staffOf(actor))),
  handle(contract.saveView, (ctx, { body }) => saveView(ctx, body)),
  handle(contract.changeView, (ctx, { params, body }) => changeView(ctx, { ...body, ...params })),
  handle(contract.removeView, async (ctx, { params }) => {
    await removeView(ctx, params);
    return {};
  }),
  handle(contract.chooseDefaultView, async (ctx, { body }) => {
    await chooseDefaultView(ctx, body);
    return {};
  }),
  handle(contract.putLayout, async (ctx, { body }) => {
    await putLayout(ctx, body);
    return {};
  }),
];
