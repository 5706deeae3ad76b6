// What both embedded servers and the supervisor need to know about processes, ports and small secrets.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A database server of our own: where it is, and how it ends. */
export interface EmbeddedServer {
  url: string;
  port: number;
  pid: number;
  /** It was already running, left by a parent that was killed. */
  adopted: boolean;
  /** Resolves when the process is gone, wanted or not. */
  exited: Promise<void>;
  /** Stops it; after this many milliseconds, without asking. Nothing acknowledged is lost either way. */
  stop(withinMs?: number): Promise<void>;
}

/** Says whether a process still runs. A zombie that nobody reaps does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false; // EPERM: it is there, and another user's
  }
  const stat = readText(`/proc/${pid}/stat`);
  return stat === undefined || !/^\d+ \(.*\) [ZX]/s.test(stat);
}

/** Waits until the process is gone; false when it outlives the given time. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; isAlive(pid); await sleep(20)) if (Date.now() > end) return false;
  return true;
}

/** Resolves when a process that is not our child is gone. */
export async function whenGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(500, undefined, { ref: false });
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** Says whether a port of the loopback interface (or the given one) can be bound now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port that nobody holds on the loopback interface right now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The port to try next: the one used last time when it is free, so that open connections find us again. */
export async function preferPort(file: string): Promise<number> {
  const remembered = Number(readText(file));
  if (Number.isInteger(remembered) && remembered > 1023 && (await isPortFree(remembered))) return remembered;
  return findFreePort();
}

/** A password of this data folder, made once, readable by its owner only. */
export function keepPassword(file: string): string {
  try {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const password = readFileSync(file, 'utf8').trim();
  if (password !== '') return password;
  rmSync(file); // the process that made it died before it wrote
  return keepPassword(file);
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ESRCH', 'EACCES'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** What a log says from this byte on, at most its last lines: for an error message. */
export function tailOf(file: string, fromByte = 0, lines = 12): string {
  const text = existsSync(file) ? readFileSync(file).subarray(fromByte).toString('utf8') : '';
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** As root: the other user a data folder belongs to. A server on it runs as that user, so that his next start finds it his own. */
export function otherOwnerOf(path: string): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0 || !existsSync(path)) return undefined;
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { uid, gid };
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
