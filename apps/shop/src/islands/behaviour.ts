// Behaviour events in Segment's wire format: kept on the device until the house has them, sent together, flushed when the page goes away.
// Nothing is kept or sent when the visitor or the browser asked us not to; with `data-consent="ask"` not before the visitor agreed.

const choiceKey = 'ts_no_usage';
const visitorKey = 'ts_visitor';
const queueKey = 'ts_events';
const address = '/v1/batch';

const waitMs = 400;
const eventsAtOnceMax = 50;
const eventsKeptMax = 200;
const retryMsMax = 60_000;

interface Message {
  messageId: string;
  [field: string]: unknown;
}
interface Privacy {
  globalPrivacyControl?: boolean;
}

/** Browsers that block storage throw at its very name; then events live as long as the page. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

const asks = (): boolean => document.body.dataset['consent'] === 'ask';

export const isRefused = (): boolean => {
  const choice = storage()?.getItem(choiceKey);
  if (choice === '1' || navigator.doNotTrack === '1' || (navigator as Privacy).globalPrivacyControl === true) return true;
  return asks() && choice !== '0';
};

/** What the visitor wants. Refusing also forgets who they were and what had not been sent; agreeing sends what waited on this page. */
export function setRefused(isOn: boolean): void {
  const kept = storage();
  kept?.setItem(choiceKey, isOn ? '1' : '0');
  if (!isOn) return flushSoon();
  kept?.removeItem(visitorKey);
  kept?.removeItem(queueKey);
  here = [];
}

/** `crypto.randomUUID` exists on secure origins only; a shop in the local network is none. */
function randomId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${bytes.slice(0, 8)}-${bytes.slice(8, 12)}-4${bytes.slice(13, 16)}-a${bytes.slice(17, 20)}-${bytes.slice(20)}`;
}

let visitorHere = '';
function visitor(): string {
  const known = storage()?.getItem(visitorKey);
  if (known) return known;
  visitorHere ||= randomId();
  if (!isRefused()) storage()?.setItem(visitorKey, visitorHere);
  return visitorHere;
}

/** What was not sent while nobody had agreed, or where nothing can be stored. */
let here: Message[] = [];

function waiting(): Message[] {
  if (isRefused()) return here;
  try {
    return [...(JSON.parse(storage()?.getItem(queueKey) ?? '[]') as Message[]), ...here];
  } catch {
    return here;
  }
}

/** The newest are kept when there is no end to being offline. Where nothing may or can be stored, they live as long as the page. */
function save(messages: Message[]): void {
  const newest = messages.slice(-eventsKeptMax);
  const kept = isRefused() ? undefined : storage();
  here = kept === undefined ? newest : [];
  try {
    if (newest.length > 0) kept?.setItem(queueKey, JSON.stringify(newest));
    else kept?.removeItem(queueKey);
  } catch {
    kept?.removeItem(queueKey);
    here = newest; // the device is full
  }
}

/** Keeps one event and sends it soon, with others; also while the page goes away, and later when there is no network. */
export function track(event: string, properties: Record<string, unknown>, type: 'track' | 'page' = 'track'): void {
  const { key, kind } = document.body.dataset;
  if (key === undefined || (isRefused() && !(asks() && storage()?.getItem(choiceKey) === null))) return;
  save([
    ...waiting(),
    {
      type,
      [type === 'page' ? 'name' : 'event']: event,
      messageId: randomId(),
      anonymousId: visitor(),
      timestamp: new Date().toISOString(),
      properties: { path: location.pathname, kind, ...properties },
      context: { locale: document.documentElement.lang, page: { path: location.pathname, referrer: document.referrer } },
    },
  ]);
  flushSoon();
}

let timer: ReturnType<typeof setTimeout> | undefined;
let retryMs = waitMs;
let isSending = false;

function flushSoon(ms = waitMs): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    void flush();
  }, ms);
}

const bodyOf = (batch: Message[]): string =>
  JSON.stringify({ writeKey: document.body.dataset['key'], sentAt: new Date().toISOString(), batch });

/** Events leave the device when the house answered that it has them; sent twice, they count once. */
async function flush(): Promise<void> {
  const batch = waiting().slice(0, eventsAtOnceMax);
  if (batch.length === 0 || isRefused() || isSending || navigator.onLine === false) return;
  isSending = true;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'POST', body: bodyOf(batch), keepalive: true, headers }).catch(() => undefined);
  isSending = false;
  const isSettled = answer !== undefined && (answer.ok || (answer.status < 500 && answer.status !== 429)); // refused for good: not again
  if (isSettled) forget(batch);
  retryMs = isSettled ? waitMs : Math.min(retryMs * 2, retryMsMax);
  if (waiting().length > 0) flushSoon(retryMs);
}

function forget(sent: Message[]): void {
  const ids = new Set(sent.map(({ messageId }) => messageId));
  save(waiting().filter(({ messageId }) => !ids.has(messageId)));
}

/** The page goes away, perhaps for good: what waits leaves with it. */
function flushNow(): void {
  const batch = waiting().slice(0, eventsAtOnceMax);
  if (batch.length === 0 || isRefused() || navigator.onLine === false) return;
  if (navigator.sendBeacon(address, new Blob([bodyOf(batch)], { type: 'application/json' }))) forget(batch);
}

/** The page view and whatever else this page has to report; then what an earlier page could not send. */
export function trackPage(): void {
  addEventListener('pagehide', flushNow);
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flushNow());
  addEventListener('online', () => flushSoon());
  const { kind } = document.body.dataset;
  track(kind ?? 'page', { title: document.title, search: location.search }, 'page');
  const more = document.getElementById('events')?.textContent;
  if (!more) return;
  for (const { name, properties } of JSON.parse(more) as { name: string; properties: Record<string, unknown> }[])
    track(name, properties);
}
