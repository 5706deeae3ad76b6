import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, runTool } from './steps.ts';

interface Report {
  stats?: { expected: number; unexpected: number; flaky: number };
}

/** Runs the browser journeys against a house of their own, and counts them. */
export async function runJourneys(): Promise<Outcome> {
  console.log('\n── journeys (Playwright)');
  const dir = await mkdtemp(join(tmpdir(), 'journeys-'));
  const file = join(dir, 'report.json');
  const code = await runTool('playwright', ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const { stats } = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Report;
  await rm(dir, { recursive: true, force: true });
  const failed = stats?.unexpected ?? 0;
  return { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: code === 0 ? failed : Math.max(1, failed) };
}
