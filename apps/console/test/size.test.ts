import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}
const dist = join(import.meta.dirname, '../dist');
let manifest: Record<string, Chunk> = {};

beforeAll(() => {
  const path = join(dist, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error('build the console first: npm run build -w @tongshang/console');
  manifest = JSON.parse(readFileSync(path, 'utf8'));
});

/** Every file that must be here before these chunks run. */
function filesOf(...names: string[]): Set<string> {
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`no chunk ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const below of chunk.imports ?? []) visit(below);
  };
  for (const name of names) visit(name);
  return files;
}

const gzipKb = (files: Iterable<string>): number =>
  [...files]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1000;

/** What is read before anything can be used: the shell and its words. antd's own words follow later. */
const shell = ['index.html', 'src/words/zh-CN/shell.ts'];
const pages = (): string[] => Object.keys(manifest).filter((name) => name.startsWith('src/pages/') && name.endsWith('-page.tsx'));

test('from sign-in to home at most 260 kB of JavaScript are read', () => {
  const kb = gzipKb(filesOf(...shell, 'src/pages/home/home-page.tsx'));
  expect(kb).toBeLessThanOrEqual(260);
});

test('no page makes the console read more than 420 kB in all, nor brings more than 60 kB of its own', () => {
  const first = filesOf(...shell);
  const lists = pages();
  expect(lists.length).toBeGreaterThan(10);
  for (const page of lists) {
    const wing = page.split('/')[2];
    const all = filesOf(...shell, page);
    expect(gzipKb(all), `${page} (${wing}) in all`).toBeLessThanOrEqual(420);
    const own = manifest[page]?.file ?? '';
    expect(first.has(own) ? 0 : gzipKb([own]), `${page} alone`).toBeLessThanOrEqual(60);
  }
});

test('charts come after the text, in at most 200 kB', () => {
  const canvas = filesOf('src/parts/chart-canvas.tsx');
  const first = filesOf(...shell);
  expect(gzipKb([...canvas].filter((file) => !first.has(file)))).toBeLessThanOrEqual(200);
  for (const page of pages())
    expect([...filesOf(page)].some((file) => file === manifest['src/parts/chart-canvas.tsx']?.file)).toBe(false);
});
