import { boards as contract } from '@tongshang/contract';
import { handle, handleOutside, type Route } from '../../platform/route.ts';
import { dayOf } from '../../platform/time.ts';
import type { Analytics } from '../stream/index.ts';
import { listAnnotations } from './annotations.ts';
import { tileAnswers } from './answer-tile.ts';
import { staffOf } from './board.ts';
import { exportBoard } from './export-board.ts';
import { getBoard, listBoards, listQuestions } from './queries.ts';
import { addAnnotation, changeAnnotation, removeAnnotation } from './save-annotation.ts';
import { addTile, changeBoard, copyBoard, createBoard, removeBoard } from './save-board.ts';
import { changeQuestion, removeQuestion, saveQuestion } from './save-question.ts';

/** Tiles are asked over the network, outside any transaction; everything else is rows of this module. */
export function boardRoutes({ analytics }: { analytics: Analytics }): readonly Route[] {
  const answer = tileAnswers(analytics);
  return [
    handle(contract.listBoards, async ({ tx, actor }) => ({ items: await listBoards(tx, staffOf(actor)) })),
    handle(contract.getBoard, ({ tx, actor }, { params }) => getBoard(tx, staffOf(actor), params.id)),
    handle(contract.createBoard, (ctx, { body }) => createBoard(ctx, body)),
    handle(contract.copyBoard, (ctx, { params, body }) => copyBoard(ctx, { ...params, ...body })),
    handle(contract.changeBoard, (ctx, { params, body }) => changeBoard(ctx, { ...body, ...params })),
    handle(contract.addTile, (ctx, { params, body }) => addTile(ctx, { ...body, ...params })),
    handle(contract.removeBoard, async (ctx, { params }) => {
      await removeBoard(ctx, params);
      return {};
    }),
    handleOutside(contract.answerTile, (outside, { body }) => answer(outside, body)),
    handleOutside(contract.exportBoard, async (outside, { params, query: { language, ...bar } }) => {
      const file = await exportBoard(analytics, outside, { ...params, bar, language });
      await outside.raw?.reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="board_${dayOf(outside.now())}.xlsx"`)
        .send(file);
      return outside.raw === undefined ? {} : undefined;
    }),
    handle(contract.listQuestions, async ({ tx, actor }) => ({ items: await listQuestions(tx, staffOf(actor)) })),
    handle(contract.saveQuestion, (ctx, { body }) => saveQuestion(ctx, body)),
    handle(contract.changeQuestion, (ctx, { params, body }) => changeQuestion(ctx, { ...body, ...params })),
    handle(contract.removeQuestion, async (ctx, { params }) => {
      await removeQuestion(ctx, params);
      return {};
    }),
    handle(contract.listAnnotations, async ({ tx }, { query }) => ({ items: await listAnnotations(tx, query) })),
    handle(contract.addAnnotation, (ctx, { body }) => addAnnotation(ctx, body)),
    handle(contract.changeAnnotation, (ctx, { params, body }) => changeAnnotation(ctx, { ...body, ...params })),
    handle(contract.removeAnnotation, async (ctx, { params }) => {
      await removeAnnotation(ctx, params);
      return {};
    }),
  ];
}
