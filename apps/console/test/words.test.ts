import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pseudo } from '../src/lib/pseudo.ts';

const src = join(import.meta.dirname, '../src');
const wings = readdirSync(join(src, 'words/zh-CN')).filter((file) => file.endsWith('.ts'));
const read = async (language: string, file: string): Promise<Record<string, string>> =>
  ((await import(/* @vite-ignore */ join(src, 'words', language, file))) as { words: Record<string, string> }).words;
const bundles = await Promise.all(
  wings.map(async (file) => ({ file, zh: await read('zh-CN', file), en: await read('en', file) })),
);

const sources = (readdirSync(src, { recursive: true }) as string[])
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts') && !path.startsWith('words/'))
  .map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted();

test('no key stands in two wings', () => {
  const keys = bundles.flatMap(({ zh }) => Object.keys(zh));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('English says everything that Chinese says, with the same values filled in', () => {
  for (const { zh, en } of bundles) {
    const singular = Object.keys(zh)
      .filter((key) => key.endsWith('_other'))
      .map((key) => key.replace(/_other$/, '_one'));
    expect(Object.keys(en).toSorted()).toEqual([...Object.keys(zh), ...singular].toSorted());
    for (const [key, text] of Object.entries(zh)) {
      expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(text));
      expect(text.trim().length, key).toBeGreaterThan(0);
      expect(en[key] ?? '', key).not.toMatch(/\p{Script=Han}/u);
    }
  }
});

test('every key is said somewhere, and every wing is said by its own pages', () => {
  const all = sources.map(({ text }) => text).join('\n');
  const stems = [...all.matchAll(/`((?:\w+\.)+)\$\{/g)].map((match) => match[1] ?? '');
  const unused = bundles
    .flatMap(({ zh }) => Object.keys(zh))
    .map((key) => key.replace(/_other$/, ''))
    .filter((key) => !all.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)));
  expect(unused).toEqual([]);
});

test('no Chinese is written into a page; it lives in the words and in the shared terms', () => {
  const found = sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, at) => ({ line: line.replace(/\/\/.*$|^\s*\/?\*.*$/, '').replaceAll(/zh: '[^']*'/g, ''), at: at + 1 }))
      .filter(({ line }) => /\p{Script=Han}/u.test(line))
      .map(({ at }) => `${path}:${at}`),
  );
  expect(found).toEqual([]);
});

test('the pseudo-locale makes every text 40 % longer and leaves what is filled in alone', () => {
  for (const { en } of bundles) {
    for (const [key, text] of Object.entries(en)) {
      const spoken = text.replaceAll(/\{\{\w+\}\}/g, '').length;
      expect(pseudo(text).replaceAll(/\{\{\w+\}\}/g, '').length, key).toBeGreaterThanOrEqual(Math.ceil(spoken * 1.4));
      expect(placeholders(pseudo(text)), key).toEqual(placeholders(text));
    }
  }
});
