import * as z from 'zod';
import { job, jobType } from '../../../platform/jobs.ts';
import type { Analytics } from '../../targets/index.ts';
import { firingSignals } from '../../warnings/index.ts';
import { saveDecision } from '../decision/save-decision.ts';
import { slowMoverSetting } from '../settings.ts';
import { gatherMarkdowns } from './gather-markdown.ts';

export const proposeMarkdowns = jobType('playbooks/propose-markdowns', z.object({}));

/** The metric whose signals call for a mark-down: stock that turns over too slowly, one SKU at a time. */
export const slowMoverMetric = 'stock_turnover';

/**
 * Answers all slow-mover signals that fire now, one proposal a group. Safe to run twice: a group names the newest of its signals, and a signal is
 * answered once; a newer one supersedes a proposal that nobody touched yet.
 */
export const proposeMarkdownsJob = (outside: { analytics: Analytics }) =>
  job(proposeMarkdowns, async ({ inTx, now }) => {
    const { signals, isActive } = await inTx(async ({ tx }) => ({
      signals: (await firingSignals(tx, slowMoverMetric)).filter(
        (signal) => signal.entity === 'sku' && signal.direction === 'below',
      ),
      isActive: (await slowMoverSetting(tx)).params.isActive,
    }));
    if (signals.length === 0 || !isActive) return;
    const bySku = new Map(signals.map((signal) => [signal.entityKey, signal]));
    const drafts = await gatherMarkdowns(outside.analytics, { inTx, now: now() }, { skus: new Set(bySku.keys()) });
    for (const draft of drafts) {
      const newest = draft.skus.flatMap((sku) => bySku.get(sku) ?? []).toSorted((a, b) => (a.firedAt < b.firedAt ? 1 : -1))[0];
      await inTx((ctx) => saveDecision(ctx, { ...draft, signal: newest }));
    }
  });
