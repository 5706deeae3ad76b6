import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, actorLabel, type Ctx } from './ctx.ts';
import { json, run } from './db.ts';
import { refuse } from './fail.ts';

interface Claim {
  key: string;
  endpoint: string;
  actor: string;
  requestHash: string;
}

/**
 * Claims a key for this request, or gives the reply of the request that had it before. A second request that arrives while the
 * first still runs waits for it: the primary key makes it wait. Refuses `request.key_reused` when the request differs.
 */
export async function claimKey(ctx: Ctx, claim: Claim): Promise<{ reply: unknown } | undefined> {
  const claimed = await run(
    ctx.tx,
    sql`insert into platform.idempotency (key, endpoint, actor, request_hash, created_at)
      values (${claim.key}, ${claim.endpoint}, ${claim.actor}, ${claim.requestHash}, ${ctx.now})
      on conflict do nothing returning key`,
  );
  if (claimed.length > 0) return undefined;
  const [earlier] = await run(
    ctx.tx,
    sql<{ reply: unknown; requestHash: string }>`select reply, request_hash as "requestHash" from platform.idempotency
      where key = ${claim.key} and endpoint = ${claim.endpoint} and actor = ${claim.actor}`,
  );
  if (earlier?.requestHash !== claim.requestHash) refuse('request.key_reused', { key: claim.key });
  return { reply: earlier.reply };
}

export async function storeReply(ctx: Ctx, claim: Claim, reply: unknown): Promise<void> {
  await run(
    ctx.tx,
    sql`update platform.idempotency set reply = ${json(reply)}
      where key = ${claim.key} and endpoint = ${claim.endpoint} and actor = ${claim.actor}`,
  );
}

export const actorKey = (actor: Actor): string => `${actor.kind}:${actorLabel(actor).id}`;

export const hashOf = (input: unknown): string => createHash('sha256').update(JSON.stringify(input)).digest('base64url');
