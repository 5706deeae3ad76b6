import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { mayCall, wings } from '../src/map.ts';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** One planted file for each kind of rule, and the rule that must catch it. */
const violations: readonly { rule: string; file: string; text: string }[] = [
  { rule: 'catalog-may-call-nobody', file: 'base/catalog/planted.ts', text: "import '../../supply/inventory/index.ts';" },
  { rule: 'enter-by-the-door', file: 'supply/purchasing/planted.ts', text: "import '../inventory/tables.ts';" },
  { rule: 'modules-are-on-the-map', file: 'sell/planted/index.ts', text: "import '../../platform/fail.ts';" },
  { rule: 'testing-is-for-tests', file: 'supply/purchasing/planted2.ts', text: "import '../inventory/testing.ts';" },
  { rule: 'platform-knows-no-business', file: 'platform/planted.ts', text: "import '../supply/inventory/index.ts';" },
  { rule: 'only-routes-know-http', file: 'supply/inventory/planted.ts', text: "import '../../platform/route.ts';" },
  { rule: 'only-house-knows-adapters', file: 'sell/payments/planted.ts', text: "import './adapters/planted.ts';" },
  { rule: 'sandbox-pay-is-a-stranger', file: 'sandbox-pay/planted.ts', text: "import '../supply/inventory/index.ts';" },
  {
    rule: 'contract-stands-alone',
    file: '../../../packages/contract/src/planted.ts',
    text: "import '../../../apps/server/src/map.ts';",
  },
  {
    rule: 'ui-stands-on-the-contract',
    file: '../../../packages/ui/src/planted.ts',
    text: "import '../../../apps/server/src/map.ts';",
  },
  { rule: 'apps-know-no-server', file: '../../shop/src/planted.ts', text: "import '../../server/src/map.ts';" },
  { rule: 'no-cycles', file: 'supply/inventory/planted-a.ts', text: "import './planted-b.ts';" },
];
const companions = [
  { file: 'sell/payments/adapters/planted.ts', text: 'export const planted = 1;' },
  { file: 'supply/inventory/planted-b.ts', text: "import './planted-a.ts';" },
];
const pathOf = (file: string) => join(root, 'apps/server/src', file);

afterAll(async () => {
  for (const { file } of [...violations, ...companions]) await rm(pathOf(file), { force: true });
  await rm(pathOf('sell/planted'), { recursive: true, force: true });
});

test('every rule of the map catches a planted violation', async () => {
  for (const { file, text } of [...violations, ...companions]) {
    await mkdir(dirname(pathOf(file)), { recursive: true });
    await writeFile(pathOf(file), `${text}\nexport {};\n`);
  }
  const files = [...violations, ...companions].map(({ file }) => pathOf(file));

  const found = await cruise(files);

  for (const { rule, file } of violations) expect(found, `${rule} by ${file}`).toContain(rule);
});

test('the map has no cycle: every module may call only modules that never lead back', () => {
  const reach = (module: keyof typeof mayCall, seen = new Set<string>()): Set<string> => {
    for (const below of mayCall[module]) if (!seen.has(below)) reach(below as keyof typeof mayCall, seen.add(below));
    return seen;
  };
  for (const module of Object.values(wings).flat()) expect(reach(module).has(module), module).toBe(false);
});

async function cruise(files: readonly string[]): Promise<string[]> {
  const cli = join(root, 'node_modules/.bin/depcruise');
  const { stdout } = await run(cli, ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...files], {
    cwd: root,
    maxBuffer: 1e8,
  }).catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return summary.violations.map((violation) => violation.rule.name);
}
