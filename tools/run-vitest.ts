import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, runTool } from './steps.ts';

/** Runs the tests of rules, modules, endpoints and house, and counts them. */
export async function runVitest(args: readonly string[] = []): Promise<Outcome> {
  console.log('\n── tests (vitest)');
  const dir = await mkdtemp(join(tmpdir(), 'vitest-'));
  const file = join(dir, 'report.json');
  const code = await runTool('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args]);
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as {
    numPassedTests?: number;
    numFailedTests?: number;
  };
  await rm(dir, { recursive: true, force: true });
  const failed = report.numFailedTests ?? 0;
  return { passed: report.numPassedTests ?? 0, failed: code === 0 ? failed : Math.max(1, failed) };
}
