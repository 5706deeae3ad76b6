const everyMs = 2_000;
const untilMs = 10 * 60_000;

/** Asks how the payment stands until it is decided, then shows the page again. Sleeps while nobody looks. */
export function poll(place: HTMLElement): void {
  const { poll: url = '', token } = place.dataset;
  const address = token === undefined ? url : `${url}?token=${encodeURIComponent(token)}`;
  const endMs = performance.now() + untilMs;
  const ask = async (): Promise<void> => {
    if (performance.now() > endMs) return;
    if (!document.hidden) {
      const response = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => undefined);
      const reply = response?.ok ? ((await response.json()) as { state: string | null }) : undefined;
      if (reply?.state && reply.state !== 'placed') return location.reload();
    }
    setTimeout(() => void ask(), everyMs);
  };
  void ask();
}
