// The server's time in the browser: what the page said when it was made, counted on by a clock that nobody can set.

let base: { serverMs: number; atMs: number } | undefined;

const madeAtMs = (): number =>
  (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.responseStart ?? 0;

/** The server told its time again: forget what was counted since. */
export const hearServerTime = (instant: string): void => {
  base = { serverMs: Date.parse(instant), atMs: performance.now() };
};

/** Milliseconds of the server's clock; `pageTime` is what the page was made at. */
export function serverNow(pageTime: string): number {
  const { serverMs, atMs } = base ?? { serverMs: Date.parse(pageTime), atMs: madeAtMs() };
  return serverMs + performance.now() - atMs;
}
