import type { observations as contract } from '@tongshang/contract';
import { type Ctx, system } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { findServer } from '../collection/index.ts';
import { keepObservations } from './keep-observations.ts';
import { type Fault, judge } from './observation.ts';

type Outcome = Record<'recorded' | 'corrected' | 'unchanged', number>;

/**
 * Records figures that somebody types or sends: all or none. A key that is known gets a newer version; one that says the same is
 * unchanged. Refuses `observation.invalid` with the faults of each bad row.
 */
export async function recordObservations(ctx: Ctx, { items }: { items: readonly contract.ObservationInput[] }): Promise<Outcome> {
  const rows = items.map((item) => ({ ...item, to: item.to ?? item.from }));
  const today = dayOf(ctx.now);
  refuseBad(new Map(rows.map((row, index) => [index, judge(row, today)])));
  const { faults, ...outcome } = await keepObservations(ctx, { rows });
  refuseBad(new Map([...faults].map(([index, fault]) => [index, [fault]])));
  return outcome;
}

function refuseBad(faults: ReadonlyMap<number, readonly Fault[]>): void {
  const rows = [...faults].filter(([, found]) => found.length > 0).map(([index, found]) => ({ index, faults: found }));
  if (rows.length > 0) refuse('observation.invalid', { rows: rows.toSorted((a, b) => a.index - b.index) });
}

/** Like recordObservations, in the name of the server whose secret write key came along. Refuses `collection.unknown_key` too. */
export async function sendObservations(
  ctx: Ctx,
  { writeKey, items }: { writeKey: string; items: readonly contract.ObservationInput[] },
): Promise<Outcome> {
  const server = await findServer(ctx.tx, writeKey);
  if (server === undefined) return refuse('collection.unknown_key');
  return recordObservations({ ...ctx, actor: system(server.name) }, { items });
}
