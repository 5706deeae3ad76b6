// Builds the web apps when their sources changed since the last build, and only then.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SHARED_SOURCES = ['packages/ui', 'packages/contract', 'package-lock.json'];

export type WebApp = 'console' | 'shop';
export const WEB_APPS: readonly WebApp[] = ['console', 'shop'];

/** Makes sure that apps/<app>/dist was built from the sources as they are now; says whether it had to build. */
export async function ensureBuilt(app: WebApp): Promise<boolean> {
  const dir = join(ROOT, 'apps', app);
  const stamp = join(dir, 'dist', '.built-from');
  const hash = hashSources([join('apps', app), ...SHARED_SOURCES]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  const { scripts } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { scripts?: Record<string, string> };
  await run(scripts?.['build'] ?? 'vite build', dir);
  writeFileSync(stamp, hash); // last: a build that is killed half-way is done again
  return true;
}

/** A fingerprint of everything a build reads: names and contents, tests and results left out. */
function hashSources(paths: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths.flatMap(listFiles)) hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

function listFiles(path: string): string[] {
  if (!existsSync(join(ROOT, path))) return [];
  if (statSync(join(ROOT, path)).isFile()) return [path];
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter(({ name }) => !/^(?:dist|node_modules|test|\..*)$|\.(?:test\.tsx?|md|log)$/.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? listFiles(join(path, entry.name)) : [join(path, entry.name)]));
}

/** Runs a package script as npm would, without npm: its words are shown only when it fails. */
async function run(script: string, dir: string): Promise<void> {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PATH: [join(dir, 'node_modules/.bin'), join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
  };
  const child = spawn(script, { cwd: dir, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`"${script}" in ${dir} failed:\n${Buffer.concat(said).toString('utf8').trim()}`);
}

if (process.argv[1] === import.meta.filename) {
  for (const app of WEB_APPS) console.log(`${app}: ${(await ensureBuilt(app)) ? 'built' : 'up to date'}`);
}
