import type { routing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { orders } from '../tables.ts';
import { firstReviewRules } from './review.ts';

type ReviewRules = z.output<typeof contract.ReviewRules>;

/** The review rules in force, with their version. */
export async function loadReviewRules(tx: Tx): Promise<ReviewRules> {
  const row = await orders(tx).selectFrom('review_rules').select(['rules', 'version']).executeTakeFirst();
  return row ?? { rules: [...firstReviewRules], version: 0 };
}

/** Replaces the review rules; orders paid from now on follow them. Refuses `rules.stale` when somebody changed them meanwhile. */
export async function saveReviewRules(ctx: Ctx, { rules, version }: ReviewRules): Promise<void> {
  const saved = await run(
    ctx.tx,
    sql<{ version: number }>`insert into orders.review_rules as r (rules, version, changed_at, changed_by)
      select ${json(rules)}, ${version} + 1, ${ctx.now}, ${actorLabel(ctx.actor).name}
      on conflict (only_one) do update set rules = excluded.rules, version = excluded.version, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by
      where r.version = ${version} returning version`,
  );
  if (saved.length === 0) refuse('rules.stale', { version });
}
