import { join } from 'node:path';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { buildHouse } from './house.ts';
import { system } from './platform/ctx.ts';
import { closeDb, inTx, openDb } from './platform/db.ts';
import { registerReactions } from './platform/events.ts';
import { machineClock } from './platform/time.ts';
import { startWorker } from './platform/worker.ts';
import type { Settings } from './settings.ts';

type StopWith = (stop: () => Promise<void>) => void;

/** The API with console on one port, the shop on another. */
export async function serveApi(settings: Settings, logger: Logger, stopWith: StopWith): Promise<void> {
  const db = openDb(settings.databaseUrl, { name: 'tongshang-api' });
  const house = buildHouse(settings);
  const app = await createApp({
    db,
    clock: machineClock,
    logger,
    routes: house.routes,
    origins: [settings.consoleOrigin, settings.shopOrigin],
    actorOf: () => Promise.resolve(system('nobody')),
    consoleDir: join(import.meta.dirname, '../../console/dist'),
    mediaDir: join(settings.dataDir, 'media'),
    isReady: () => Promise.resolve({}),
  });
  await app.listen({ host: settings.host, port: settings.consolePort });
  stopWith(async () => {
    await app.close();
    await closeDb(db);
  });
}

/** Jobs, reactions, schedules and the stream to ClickHouse. Any number may run side by side. */
export async function serveWorker(settings: Settings, logger: Logger, stopWith: StopWith): Promise<void> {
  const db = openDb(settings.databaseUrl, { name: 'tongshang-worker' });
  const house = buildHouse(settings);
  await inTx(db, { actor: system('worker'), now: machineClock() }, (ctx) => registerReactions(ctx.tx, house.reactions));
  const worker = await startWorker({ ...house, db, clock: machineClock, logger });
  stopWith(async () => {
    await worker.stop();
    await closeDb(db);
  });
}
