// The jobs of a decision's life, by name; their work is in carry-out.ts, cover/ and slow-mover/.
import * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { enqueue, jobType } from '../../../platform/jobs.ts';

const one = z.object({ decisionId: z.uuid() });

export const carryOut = jobType('playbooks/carry-out', one);
export const measureCover = jobType('playbooks/measure-cover', one);
export const measureMarkdown = jobType('playbooks/measure-markdown', one);

export const queueCarryOut = (ctx: Ctx, decisionId: string): Promise<void> =>
  enqueue(ctx.tx, carryOut, { decisionId }, { key: `playbooks:carry-out:${decisionId}` });

export const queueMeasureCover = (ctx: Ctx, decisionId: string): Promise<void> =>
  enqueue(ctx.tx, measureCover, { decisionId }, { key: `playbooks:measure:${decisionId}` });

export const queueMeasureMarkdown = (ctx: Ctx, decisionId: string): Promise<void> =>
  enqueue(ctx.tx, measureMarkdown, { decisionId }, { key: `playbooks:measure:${decisionId}` });
