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
  { backoffFactor = 1 } = {},
): { wake: () => void; stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isStopped = false;

  const round = async (): Promise<void> => {
    payDue(storage, Date.now());
    const due = storage.dueNotices(Date.now());
    await Promise.all(due.map((notice) => deliver(storage, keys, notice, backoffFactor)));
  };
  const wake = (): void => {
    clearTimeout(timer);
    if (isStopped || running !== undefined) return;
    const next = storage.nextDue();
    if (next === undefined) return;
    timer = setTimeout(run, Math.min(60_000, Math.max(0, next - Date.now())));
  };
  const run = (): void => {
    running = round().finally(() => {
      running = undefined;
      wake();
    });
  };
  wake();
  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function deliver(storage: Storage, keys: Keys, notice: DueNotice, backoffFactor: number): Promise<void> {
  if (await send(keys, notice)) {
    storage.delivered(notice.deliveryId);
    return;
  }
  const seconds = backoffSeconds[notice.attempts];
  storage.tryAgain(notice.deliveryId, seconds === undefined ? undefined : Date.now() + seconds * 1000 * backoffFactor);
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
