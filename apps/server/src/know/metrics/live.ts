import { setTimeout as sleep } from 'node:timers/promises';
import type { Freshness } from '../stream/index.ts';

type Read = () => Promise<Freshness>;

const readEveryMs = 250;
const sayAnywayMs = 15_000;

/** One reading of the version serves every screen that watches in this process: at most four a second, none when nobody watches. */
export function sharedReading(): (read: Read) => Promise<Freshness> {
  let reading: Promise<Freshness> | undefined;
  return (read) => {
    reading ??= read().finally(() => setTimeout(() => (reading = undefined), readEveryMs).unref());
    return reading;
  };
}

/** The messages of one screen: the version at once, each change of it, and a sign of life now and then. Ends when the screen leaves. */
export async function* watchVersion(read: Read, left: AbortSignal): AsyncGenerator<string> {
  let version = '';
  let quietMs = 0;
  while (!left.aborted) {
    const now = await read();
    if (now.version !== version) {
      version = now.version;
      quietMs = 0;
      yield `event: version\ndata: ${JSON.stringify({ version, asOf: now.asOf.toISOString(), lagMs: now.lagMs })}\n\n`;
    } else if (quietMs >= sayAnywayMs) {
      quietMs = 0;
      yield ': here\n\n';
    }
    await sleep(readEveryMs, undefined, { signal: left }).catch(() => undefined);
    quietMs += readEveryMs;
  }
}
