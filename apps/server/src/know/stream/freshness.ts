import type { Tx } from '../../platform/db.ts';
import { oldestBatchAfter } from '../collection/index.ts';
import { beginning, generationNow, lastArrived } from './batches.ts';
import { oldestAfter } from './log.ts';

export interface Freshness {
  /** Changes with every batch that arrived. */
  version: string;
  /** Everything recorded before it is in the figures. */
  asOf: Date;
  lagMs: number;
}

/** How fresh the analytics are at `now`, from PostgreSQL alone: it answers while ClickHouse is away. */
export async function readFreshness(tx: Tx, now: Date): Promise<Freshness> {
  const generation = await generationNow(tx);
  const events = await lastArrived(tx, 'events');
  const behaviour = await lastArrived(tx, 'behaviour');
  const waiting = [
    await oldestAfter(tx, events?.upto ?? beginning),
    await oldestBatchAfter(tx, behaviour?.upto ?? beginning),
  ].filter((at) => at !== undefined);
  const asOf = new Date(Math.min(now.getTime(), ...waiting.map((at) => at.getTime())));
  return {
    version: `${generation}.${events?.number ?? 0}.${behaviour?.number ?? 0}`,
    asOf,
    lagMs: now.getTime() - asOf.getTime(),
  };
}
