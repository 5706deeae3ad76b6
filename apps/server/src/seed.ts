import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listDemoSignIns } from './base/identity/index.ts';
import { seedDemo } from './demo/seed.ts';
import { buildHouse } from './house.ts';
import { system } from './platform/ctx.ts';
import { type Db, inTx } from './platform/db.ts';
import { machineClock } from './platform/time.ts';
import type { Settings } from './settings.ts';

/** Fills the demo enterprise once, and leaves the list of its sign-ins beside the data, readable by the owner alone. */
export async function seed(settings: Settings, db: Db, say: (text: string) => void): Promise<void> {
  const house = buildHouse(settings);
  await seedDemo({ db, house, clock: machineClock, mediaDir: join(settings.dataDir, 'media'), say });

  const signIns = await inTx(db, { actor: system('seed'), now: machineClock() }, (ctx) => listDemoSignIns(ctx.tx));
  const file = join(settings.dataDir, 'sign-ins.json');
  await writeFile(file, JSON.stringify(signIns.map(({ role, email, password }) => ({ role, email, password }))), { mode: 0o600 });
  await chmod(file, 0o600);
}
