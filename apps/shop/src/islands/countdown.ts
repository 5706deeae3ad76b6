import { clockOf } from '../lib/countdown.ts';
import { serverNow } from './clock.ts';

const warnMs = 2 * 60_000;

/** Every time left on the page runs; at its end the page that asked for it is shown anew, others say so in place. */
export function connectCountdowns(): void {
  const startedMs = performance.now();
  const show = (place: HTMLElement): void => {
    const { until = '', now = '', days = '' } = place.dataset;
    const leftMs = Date.parse(until) - serverNow(now);
    place.textContent = clockOf(leftMs, (count) => days.replace('#', String(count)));
    tellHold(place, leftMs);
    if (leftMs <= 0 && place.dataset['ended'] === undefined) {
      place.dataset['ended'] = '';
      const wasOver = performance.now() - startedMs < 1000; // the house is a moment behind: ask again, but not at once
      // not everybody in the same instant
      if (place.closest('[data-reload]')) setTimeout(() => location.reload(), (wasOver ? 5000 : 500) + Math.random() * 1500);
    }
  };
  const tick = (): void => {
    // asked anew each time: another variant may bring another sale
    if (!document.hidden) document.querySelectorAll<HTMLElement>('[data-until]').forEach(show);
    setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  tick();
}

/** Two minutes before kept units go back, the page says so once; and when they have gone. */
function tellHold(place: HTMLElement, leftMs: number): void {
  const out = place.closest('[data-hold]')?.querySelector<HTMLElement>('[data-ending]');
  if (!out) return;
  const text = (leftMs <= 0 ? out.dataset['over'] : leftMs <= warnMs ? out.dataset['ending'] : '') ?? '';
  if (out.textContent !== text) out.textContent = text;
}
