// Load that does not wait for answers, as a crowd does not: a slow server meets the same arrivals as a fast one.
import type { Outcome } from './load.ts';

/** More open answers than this, and the generator gives up: the server is far behind and would only pile up memory. */
const openMax = 4000;

/**
 * Starts `work` at random instants, `ratePerSecond` of them on average, for so many seconds (bounded), whether earlier ones have been
 * answered or not. Latency counts from the instant at which a call was meant to start, so a generator or server that falls behind shows.
 */
export async function openLoop(
  ratePerSecond: number,
  seconds: number,
  work: (meantAt: number) => Promise<void>,
): Promise<Outcome> {
  const times: number[] = [];
  const open = new Set<Promise<void>>();
  let errors = 0;
  const begun = performance.now();
  const end = begun + Math.min(seconds, 120) * 1000;
  const startOne = (meantAt: number) => {
    const done = work(meantAt)
      .then(
        () => void times.push(performance.now() - meantAt),
        (error: unknown) => {
          errors += 1;
          if (errors === 1) console.error('  first error:', error instanceof Error ? error.message : error);
        },
      )
      .finally(() => open.delete(done));
    open.add(done);
  };
  for (let next = begun; next < end && open.size < openMax && errors < 1000;) {
    for (; next <= performance.now() && next < end; next += gapMs(ratePerSecond)) startOne(next);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const elapsed = (performance.now() - begun) / 1000;
  if (open.size >= openMax) errors += open.size;
  await Promise.all(open);
  return { perSecond: times.length / elapsed, ...quantiles(times), errors };
}

/** The middle and the slow end of many times. */
export function quantiles(times: readonly number[]): { p50Ms: number; p95Ms: number; p99Ms: number; count: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), count: times.length };
}

/** Gaps of a crowd that knows nothing of one another: exponential. */
const gapMs = (ratePerSecond: number): number => (-Math.log(1 - Math.random()) * 1000) / ratePerSecond;
