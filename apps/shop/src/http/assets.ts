import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Assets } from '../site.ts';
import { type Body, bodyFor, etagOf } from './body.ts';

const assetsBase = '/shop-assets/';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

export interface Asset extends Body {
  type: string;
}

export interface AssetStore extends Assets {
  files: ReadonlyMap<string, Asset>;
}

interface ManifestEntry {
  file: string;
  name?: string;
  imports?: string[];
}

/** Reads the built files once: a handful, each kept ready in every encoding. */
export function loadAssets(dir: string): AssetStore {
  const manifest = JSON.parse(readFileSync(join(dir, '.vite/manifest.json'), 'utf8')) as Record<string, ManifestEntry>;
  const files = new Map<string, Asset>();
  for (const file of readdirSync(dir)) {
    const type = types[file.split('.').at(-1) ?? ''];
    if (type !== undefined) files.set(file, { type, ...allEncodings(readFileSync(join(dir, file)), type) });
  }
  const entryOf = (name: string): ManifestEntry => {
    const entry = Object.values(manifest).find((one) => one.name === name);
    if (entry === undefined) throw new Error(`the shop's build has no "${name}"; run npm run build in apps/shop`);
    return entry;
  };
  const addresses = new Map(['main', 'theme', 'style'].map((name) => [name, assetsBase + entryOf(name).file]));
  return {
    files,
    urlOf: (name) => addresses.get(name) ?? assetsBase + name,
    preloadsOf: (island) => {
      const entry = entryOf(island);
      return [entry.file, ...(entry.imports ?? []).flatMap((key) => manifest[key]?.file ?? [])].map((file) => assetsBase + file);
    },
  };
}

function allEncodings(plain: Buffer, type: string): Body {
  if (type === 'image/png') return { plain, etag: etagOf(plain) };
  return { plain, etag: etagOf(plain), br: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }) };
}

/** Files with a fingerprint in their name never change; the others are asked again after an hour. */
export function serveAssets(app: FastifyInstance, { files }: AssetStore): void {
  app.get(`${assetsBase}:file`, (request, reply) => {
    const { file } = request.params as { file: string };
    const asset = files.get(file);
    if (asset === undefined) return reply.callNotFound();
    const isPrinted = /-[\w-]{8}\.(?:js|css)$/.test(file);
    reply.header('cache-control', isPrinted ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
    return bodyFor(request, reply.type(asset.type), asset);
  });
  app.get('/favicon.svg', (request, reply) => {
    const asset = files.get('favicon.svg');
    if (asset === undefined) return reply.callNotFound();
    reply.header('cache-control', 'public, max-age=86400');
    return bodyFor(request, reply.type(asset.type), asset);
  });
}
