import * as z from 'zod';
import { Refusal } from '../../../platform/fail.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import type { Analytics } from '../../targets/index.ts';
import { findSignal } from '../../warnings/index.ts';
import type { Draft } from '../decision/save-decision.ts';
import { saveDecision } from '../decision/save-decision.ts';
import { coverSetting } from '../settings.ts';
import { gatherCover, type Run } from './gather-cover.ts';

export const proposeCover = jobType('playbooks/propose-cover', z.object({ signalId: z.uuid() }));

/**
 * Answers a low-cover signal with a proposal. Safe to run twice: a signal is answered once. A signal that is resolved by then, a SKU without
 * a supplier, or one that is covered by open purchases needs none.
 */
export const proposeCoverJob = (outside: { analytics: Analytics }) =>
  job(proposeCover, async ({ inTx, now }, { signalId }) => {
    const { signal, isActive } = await inTx(async ({ tx }) => ({
      signal: await findSignal(tx, signalId),
      isActive: (await coverSetting(tx)).params.isActive,
    }));
    if (signal === undefined || signal.resolvedAt !== null || !isActive) return;
    const draft = await draftOrNothing(outside.analytics, { inTx, now: now() }, signal.entityKey);
    if (draft !== undefined) await inTx((ctx) => saveDecision(ctx, { ...draft, signal }));
  });

const needsNothing = new Set(['sku.not_found', 'supply_term.missing', 'decision.nothing_to_do']);

async function draftOrNothing(analytics: Analytics, run: Run, sku: string): Promise<Omit<Draft, 'signal'> | undefined> {
  try {
    return await gatherCover(analytics, run, sku);
  } catch (error) {
    if (error instanceof Refusal && needsNothing.has(error.code)) return undefined;
    throw error;
  }
}
