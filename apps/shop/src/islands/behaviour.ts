// Behaviour events in Segment's wire format. Nothing is sent when the visitor or the browser asked us not to.

const optOutKey = 'ts_no_usage';
const visitorKey = 'ts_visitor';

interface Privacy {
  globalPrivacyControl?: boolean;
}

/** Browsers that block storage throw at its very name; then nothing is kept and nothing is sent. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export const isRefused = (): boolean =>
  storage()?.getItem(optOutKey) !== null || navigator.doNotTrack === '1' || (navigator as Privacy).globalPrivacyControl === true;

export const setRefused = (isOn: boolean): void => (isOn ? storage()?.setItem(optOutKey, '1') : storage()?.removeItem(optOutKey));

/** `crypto.randomUUID` exists on secure origins only; a shop in the local network is none. */
function randomId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${bytes.slice(0, 8)}-${bytes.slice(8, 12)}-4${bytes.slice(13, 16)}-a${bytes.slice(17, 20)}-${bytes.slice(20)}`;
}

function visitor(): string {
  const known = storage()?.getItem(visitorKey);
  if (known) return known;
  const made = randomId();
  storage()?.setItem(visitorKey, made);
  return made;
}

/** Sends one event when the browser has time, even while the page goes away. */
export function track(event: string, properties: Record<string, unknown>, type: 'track' | 'page' = 'track'): void {
  const { key, kind } = document.body.dataset;
  if (key === undefined || isRefused()) return;
  const message = {
    type,
    [type === 'page' ? 'name' : 'event']: event,
    messageId: randomId(),
    anonymousId: visitor(),
    timestamp: new Date().toISOString(),
    properties: { path: location.pathname, kind, ...properties },
    context: { locale: document.documentElement.lang, page: { path: location.pathname, referrer: document.referrer } },
  };
  const body = JSON.stringify({ writeKey: key, sentAt: message.timestamp, batch: [message] });
  if (!navigator.sendBeacon('/v1/batch', new Blob([body], { type: 'application/json' }))) {
    void fetch('/v1/batch', { method: 'POST', body, keepalive: true, headers: { 'content-type': 'application/json' } }).catch(
      () => undefined,
    );
  }
}

/** The page view and whatever else this page has to report. */
export function trackPage(): void {
  const { kind } = document.body.dataset;
  track(kind ?? 'page', { title: document.title, search: location.search }, 'page');
  const more = document.getElementById('events')?.textContent;
  if (!more) return;
  for (const { name, properties } of JSON.parse(more) as { name: string; properties: Record<string, unknown> }[])
    track(name, properties);
}
