import { randomBytes } from 'node:crypto';
import type { collection as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { brokeConstraint } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { sourceAdded, sourceClosed } from './events.ts';
import { collection } from './tables.ts';

type Source = z.input<typeof contract.Source>;

/** Lets somebody send behaviour events under a new key; servers get one that nobody guesses. Refuses `source.exists`. */
export async function addSource(ctx: Ctx, { name, channel, kind }: z.output<typeof contract.addSource.body>): Promise<Source> {
  const writeKey = `ts_${kind}_${randomBytes(18).toString('base64url')}`;
  const row = { write_key: writeKey, name, channel, kind, created_at: ctx.now };
  await collection(ctx.tx)
    .insertInto('source')
    .values(row)
    .execute()
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'source_name_key')) refuse('source.exists', { name });
      throw error;
    });

  await emit(ctx, sourceAdded, { name, kind, channel });
  return { writeKey, name, channel, kind, isActive: true, createdAt: ctx.now.toISOString() };
}

/** Takes no more events under this key, at the latest ten seconds from now. Refuses `source.not_found`. */
export async function closeSource(ctx: Ctx, { writeKey }: { writeKey: string }): Promise<Source> {
  const row = await collection(ctx.tx)
    .updateTable('source')
    .set({ is_active: false })
    .where('write_key', '=', writeKey)
    .returning(['write_key as writeKey', 'name', 'channel', 'kind', 'is_active as isActive', 'created_at as createdAt'])
    .executeTakeFirst();
  if (row === undefined) return refuse('source.not_found');

  await emit(ctx, sourceClosed, { name: row.name });
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Everybody who may send or might once, by name. */
export async function listSources(ctx: Ctx): Promise<{ items: Source[] }> {
  const rows = await collection(ctx.tx)
    .selectFrom('source')
    .select(['write_key as writeKey', 'name', 'channel', 'kind', 'is_active as isActive', 'created_at as createdAt'])
    .orderBy('name')
    .execute();
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
}
