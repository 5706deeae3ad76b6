// `npm run check`: the fast part of the tests, for between commits.
import { staticChecks } from './steps.ts';
import { runVitest } from './run-vitest.ts';
import { sum } from './steps.ts';

const outcome = sum([await staticChecks(), await runVitest(['--exclude', '**/*.slow.test.ts'])]);
console.log(`\n${outcome.passed} passed, ${outcome.failed} failed`);
process.exitCode = outcome.failed === 0 ? 0 : 1;
