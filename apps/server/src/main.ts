// One image, several processes: `main.ts migrate | seed | api | worker | sandbox-pay | rebuild-analytics | staff`.
import { closeDb, inTx, openDb } from './platform/db.ts';
import { system } from './platform/ctx.ts';
import { registerReactions } from './platform/events.ts';
import { createLogger } from './platform/log.ts';
import { startTelemetry } from './platform/telemetry.ts';
import { clockOf, openSimulation, type Simulation } from './platform/simulation.ts';
import { readSettings, type Settings } from './settings.ts';

const commands: Readonly<Record<string, (settings: Settings, simulation: Simulation | undefined) => Promise<void>>> = {
  migrate: async (settings, simulation) => {
    const clock = clockOf(simulation);
    const { migrate } = await import('./platform/migrate.ts');
    const db = openDb(settings.databaseUrl, { connectionsMax: 2 });
    const applied = await migrate(db, undefined, clock());
    const house = (await import('./house.ts')).buildHouse(settings);
    const { shipMetrics } = await import('./know/metrics/index.ts');
    await inTx(db, { actor: system('migrate'), now: clock() }, async (ctx) => {
      await registerReactions(ctx.tx, house.reactions);
      await shipMetrics(ctx);
    });
    console.log(applied.length === 0 ? 'database is up to date' : `applied ${applied.length} migrations`);
    await closeDb(db);
  },
  seed: async (settings) => {
    const { seed } = await import('./seed.ts');
    const db = openDb(settings.databaseUrl, { connectionsMax: 4 });
    await seed(settings, db, (text) => console.log(text));
    await closeDb(db);
  },
  api: async (settings, simulation) =>
    (await import('./serve.ts')).serveApi(settings, createLogger('api'), stopWith, clockOf(simulation)),
  'sandbox-pay': async ({ host, payPort: port, payKeysDir: dir, payOrigin: origin }, simulation) => {
    const { startSandboxPay } = await import('./sandbox-pay/server.ts');
    const provider = await startSandboxPay({ host, port, dir, origin, clock: clockOf(simulation) });
    simulation?.onTold(provider.settle);
    stopWith(provider.stop);
  },
  'rebuild-analytics': async (settings) => (await import('./serve.ts')).rebuild(settings, createLogger('rebuild')),
  worker: async (settings, simulation) =>
    (await import('./serve.ts')).serveWorker(settings, createLogger('worker'), stopWith, simulation),
};

/** Ctrl-C, a stop from the supervisor, or the supervisor's death: finish what runs, then leave, within 4 seconds. */
function stopWith(stop: () => Promise<void>): void {
  let isStopping = false;
  const leave = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), 4000).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  if (process.send !== undefined) process.once('disconnect', leave);
}

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (name === 'staff') {
  const { runStaffCommand } = await import('./staff-cli.ts');
  process.exitCode = await runStaffCommand(rest); // finds its database by itself, like `npm run import`
} else if (command === undefined) {
  console.error(`unknown command "${name}"; one of: ${Object.keys(commands).join(', ')}, staff`);
  process.exitCode = 2;
} else {
  startTelemetry();
  await command(readSettings(), openSimulation(process.env, process));
}
