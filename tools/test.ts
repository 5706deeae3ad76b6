// `npm test`: every check and every tier, the browser journeys too. The last line is `N passed, N failed`.
import { ensurePackages } from './ensure-packages.ts';
import { ensureBuilt, WEB_APPS } from './ensure-built.ts';
import { runJourneys } from './run-journeys.ts';
import { runVitest } from './run-vitest.ts';
import { type Outcome, staticChecks, step, sum } from './steps.ts';

const outcomes: Outcome[] = [
  await step('browser, fonts and nats-server', ensurePackages),
  await step('build of console and shop', async () => {
    for (const app of WEB_APPS) await ensureBuilt(app);
    return 0;
  }),
  await staticChecks(),
  await runVitest(),
  await runJourneys(),
];
const { passed, failed } = sum(outcomes);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
