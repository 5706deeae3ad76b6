import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadAssets } from '../src/http/assets.ts';
import { serveSample } from './served.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'shop-build-'));
const gzipped = (content: Buffer | string): number => gzipSync(content).length;
const sizeOf = (file: string): number => gzipped(readFileSync(join(dir, file)));

beforeAll(async () => {
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'silent',
    build: { outDir: dir, emptyOutDir: true },
  });
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true }));

test('a product page loads less than 16 kB of script and 20 kB of style, gzipped', () => {
  const assets = loadAssets(dir);
  const plain = (address: string) => address.split('/').at(-1) ?? '';
  const scripts = new Set(
    [assets.urlOf('main'), assets.urlOf('theme'), ...assets.preloadsOf('hydrate-buy-box'), ...assets.preloadsOf('gallery')].map(
      plain,
    ),
  );
  const total = [...scripts].reduce((sum, file) => sum + sizeOf(file), 0);
  expect(scripts.size).toBeGreaterThanOrEqual(4);
  expect(total).toBeLessThan(16_000);
  expect(sizeOf(plain(assets.urlOf('style')))).toBeLessThan(20_000);
});

test('all scripts of the shop together stay below 60 kB gzipped, so no page can exceed it', () => {
  const scripts = readdirSync(dir).filter((file) => file.endsWith('.js'));
  expect(scripts.reduce((sum, file) => sum + sizeOf(file), 0)).toBeLessThan(60_000);
});

test('the script before the first paint is tiny and asks for nothing', () => {
  const file = readdirSync(dir).find((one) => one.startsWith('theme-')) ?? '';
  expect(sizeOf(file)).toBeLessThan(400);
  expect(readFileSync(join(dir, file), 'utf8')).not.toMatch(/import|export/);
});

test('the snippet that reports what visitors do is at most 3 kB gzipped, alone', async () => {
  const [built] = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry: join(root, 'src/islands/behaviour.ts'), formats: ['es'], fileName: 'behaviour' },
    },
  })) as { output: { code?: string }[] }[];
  const size = gzipped(built?.output[0]?.code ?? '');
  expect(size).toBeGreaterThan(500);
  expect(size).toBeLessThanOrEqual(3_000);
});

test('every page is at most 30 kB of HTML, also before compression for lists and products', async () => {
  const shop = await serveSample();
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  for (const path of ['/', '/en', '/c/apparel', '/search?q=T', '/p/item-2', '/en/p/item-2', '/cart', '/checkout']) {
    const html = await shop.get(path);
    expect(gzipped(html), path).toBeLessThan(8_000);
    expect(Buffer.byteLength(html), path).toBeLessThan(30_000);
  }
});

test('the first picture is fetched at once, all others wait', async () => {
  const shop = await serveSample();
  for (const path of ['/', '/c/apparel', '/p/item-2']) {
    const images = [...(await shop.get(path)).matchAll(/<img[^>]*src="\/media[^>]*>/g)].map(([tag]) => tag);
    expect(images[0]).toContain('fetchpriority="high"');
    expect(images.slice(1).every((tag) => tag.includes('loading="lazy"'))).toBe(true);
  }
});
