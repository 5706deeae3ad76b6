import { type Keys, seal } from './keys.ts';
import { payDue } from './provider.ts';
import type { DueNotice, Storage } from './storage.ts';

/** Seconds between tries, like real providers: quick at first, then for a day. */
const backoffSeconds = [2, 5, 15, 60, 180, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800];
const timeoutMs = 10_000;

/** Sends queued notices until each is answered with `success`. What was queued before a kill is sent after the next start. */
export function startSender(
  storage: Storage,
  keys: Keys,
  { now, backoffFactor }: { now: () => number; backoffFactor: number },
): { wake: () => void; settle: () => Promise<number>; stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let sent = 0;

  const round = async (): Promise<void> => {
    payDue(storage, now());
    const due = storage.dueNotices(now());
    const again = (seconds: number) => now() + seconds * 1000 * backoffFactor;
    await Promise.all(due.map((notice) => deliver(storage, keys, notice, again)));
    sent += due.length;
  };
  const wake = (): void => {
    clearTimeout(timer);
    if (isStopped || running !== undefined) return;
    const next = storage.nextDue();
    if (next === undefined) return;
    timer = setTimeout(run, Math.min(60_000, Math.max(0, next - now())));
  };
  const run = (): void => {
    running = round().finally(() => {
      running = undefined;
      wake();
    });
  };
  const settle = async (): Promise<number> => {
    for (let next = storage.nextDue(); running !== undefined || (next !== undefined && next <= now()); next = storage.nextDue()) {
      clearTimeout(timer);
      if (running === undefined) run();
      await running;
    }
    return sent;
  };
  wake();
  return {
    wake,
    settle,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function deliver(storage: Storage, keys: Keys, notice: DueNotice, again: (seconds: number) => number): Promise<void> {
  if (await send(keys, notice)) {
    storage.delivered(notice.deliveryId);
    return;
  }
  const seconds = backoffSeconds[notice.attempts];
  storage.tryAgain(notice.deliveryId, seconds === undefined ? undefined : again(seconds));
}

async function send(keys: Keys, { url, content }: DueNotice): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(seal(keys, JSON.parse(content))),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.ok && (await response.text()).trim().replaceAll('"', '') === 'success';
  } catch {
    return false; // not reached: tried again later
  }
}
