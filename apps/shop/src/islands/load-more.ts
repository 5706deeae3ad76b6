import { fill } from '../lib/say.ts';
import { lists } from '../words/lists.ts';
import { language } from './cart-count.ts';

/** "Show more" appends the next page below; the link itself leads there without a script. */
export function connectMore(): void {
  const more = document.querySelector<HTMLAnchorElement>('[data-more]');
  more?.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (more.ariaBusy === 'true') return;
    more.ariaBusy = 'true';
    append(more).catch(() => location.assign(more.href));
  });
}

async function append(more: HTMLAnchorElement): Promise<void> {
  const response = await fetch(more.href);
  if (!response.ok) throw new Error(`page ${response.status}`);
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [grid, pager] = [document.querySelector('[data-grid]'), document.querySelector('[data-pager]')];
  const items = [...(next.querySelector('[data-grid]')?.children ?? [])];
  const nextPager = next.querySelector('[data-pager]');
  if (!grid || !pager || !nextPager) throw new Error('not a list');
  grid.append(...items);
  history.replaceState(history.state, '', more.href);
  items[0]?.querySelector('a')?.focus({ preventScroll: true });
  const shown = nextPager.querySelector('[data-shown]');
  if (shown) shown.textContent = `${fill(lists.loadedMore, language(), { count: items.length })} · ${shown.textContent ?? ''}`;
  pager.replaceWith(nextPager);
  connectMore();
}
