// `npm run check`: the fast part of the tests, for between commits: static checks, and the tests that need neither database nor process.
import { glob, readFile } from 'node:fs/promises';
import { staticChecks } from './steps.ts';
import { runVitest } from './run-vitest.ts';
import { sum } from './steps.ts';

const needsMore = /useWorld|startPostgres|startClickHouse|postgresUrl|clickhouseUrl|from 'node:child_process'/;
const quick: string[] = [];
for await (const file of glob(['apps/*/{src,test}/**/*.test.ts', 'packages/*/src/**/*.test.ts', 'tools/**/*.test.ts'])) {
  if (!needsMore.test(await readFile(file, 'utf8'))) quick.push(file);
}

const outcome = sum([await staticChecks(), await runVitest(quick)]);
console.log(`\n${outcome.passed} passed, ${outcome.failed} failed`);
process.exitCode = outcome.failed === 0 ? 0 : 1;
