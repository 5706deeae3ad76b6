import { setTimeout as sleep } from 'node:timers/promises';
import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Clock } from '../../platform/time.ts';
import type { EventLog } from '../collection/index.ts';
import { type Analytics, openAnalytics } from './analytics.ts';
import { readFreshness } from './freshness.ts';
import { drainStream } from './start-stream.ts';

interface WorldLike {
  db: Db;
  config: { clickhouseUrl: string };
  clock: { now: Clock };
}

/** The world's analytics with everything in it that was committed. Transactions of other worlds may hold the horizon for a moment. */
export async function filledAnalytics(world: WorldLike, log?: EventLog): Promise<Analytics> {
  const analytics = openAnalytics(world.config.clickhouseUrl);
  for (let tries = 0; tries < 400; tries += 1) {
    await drainStream({ db: world.db, analytics, clock: world.clock.now, log });
    const who = { actor: system('test'), now: new Date(8_640_000_000_000_000), isReadOnly: true };
    const { lagMs } = await inTx(world.db, who, ({ tx }) => readFreshness(tx, who.now));
    if (lagMs === 0) return analytics;
    await sleep(25);
  }
  throw new Error('the stream never caught up: some transaction stays open');
}
