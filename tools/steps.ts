import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');

export interface Outcome {
  passed: number;
  failed: number;
}

/** Runs a tool of the project with its output on the screen; answers its exit code. */
export function runTool(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command.includes('/') ? command : join(bin, command), args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        ...(!process.stdout.isTTY && { NO_COLOR: '1' }),
        ...env,
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      },
    });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** One named check that passes or fails as a whole, with the time it took. */
export async function step(name: string, work: () => Promise<number>): Promise<Outcome> {
  const start = performance.now();
  console.log(`\n── ${name}`);
  const code = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export const sum = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
});

/** Everything a machine can see without running the house: format, types, lint, map, dead code, generated files. */
export async function staticChecks(): Promise<Outcome> {
  const node = process.execPath;
  const outcomes = [
    await step('format (oxfmt)', () => runTool('oxfmt', ['--check', '.'])),
    await step('types (tsc)', () => runTool(node, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json'])),
    await step('types of the console', () =>
      runTool(node, ['node_modules/typescript7/bin/tsc', '-p', 'apps/console/tsconfig.json']),
    ),
    await step('types of the shop', () => runTool(node, ['node_modules/typescript7/bin/tsc', '-p', 'apps/shop/tsconfig.json'])),
    await step('types of the journeys', () => runTool(node, ['node_modules/typescript7/bin/tsc', '-p', 'e2e/tsconfig.json'])),
    await step('lint (oxlint --type-aware)', () => runTool('oxlint', ['--type-aware', '.'])),
    await step('map (dependency-cruiser)', () =>
      runTool('depcruise', [
        '--config',
        '.dependency-cruiser.mjs',
        'apps/server/src',
        'apps/console/src',
        'apps/shop/src',
        'packages',
      ]),
    ),
    await step('dead code (knip)', () => runTool('knip', ['--treat-config-hints-as-errors'])),
    await step('generated files', () => runTool(node, ['tools/gen.ts', '--check'])),
  ];
  return sum(outcomes);
}
