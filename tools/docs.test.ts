import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { wings } from '../apps/server/src/map.ts';

const root = join(import.meta.dirname, '..');
const pages: string[] = [];
for await (const file of glob(['*.md', '{docs,bench,data,packages,apps,e2e}/**/*.md'], {
  cwd: root,
  exclude: (name) => /node_modules|dist|local/.test(name),
}))
  pages.push(file);

test.each(pages)('every link of %s leads somewhere', async (page) => {
  const text = await readFile(join(root, page), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target));
  for (const target of targets) expect(existsSync(join(root, dirname(page), target)), `${page} → ${target}`).toBe(true);
});

test.each(['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'STYLE.md', 'docs/runbook.md'])(
  'every file that %s names in code is there',
  async (page) => {
    const text = await readFile(join(root, page), 'utf8');
    const named = [...text.matchAll(/`((?:apps|packages|tools|docs|bench|e2e)\/[\w./-]+)`/g)].map(([, file = '']) => file);
    for (const file of named) expect(existsSync(join(root, file)), `${page} names ${file}`).toBe(true);
  },
);

test('every npm command that a document names exists', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  for (const page of pages) {
    const text = await readFile(join(root, page), 'utf8');
    for (const [, name = ''] of text.matchAll(/`npm run ([\w:]+)(?: -w)?/g)) {
      const isOfWorkspace = text.includes(`npm run ${name} -w`) || page.startsWith('apps/');
      if (!isOfWorkspace) expect(Object.keys(scripts), `${page} names npm run ${name}`).toContain(name);
    }
  }
});

test('every module has a README of at most 40 lines', async () => {
  for (const [wing, names] of Object.entries(wings)) {
    for (const name of names) {
      const text = await readFile(join(root, 'apps/server/src', wing, name, 'README.md'), 'utf8').catch(() => '');
      expect(text, `${wing}/${name} has a README`).not.toBe('');
      expect(text.trimEnd().split('\n').length, `${wing}/${name}/README.md`).toBeLessThanOrEqual(40);
    }
  }
});
