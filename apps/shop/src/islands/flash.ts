import { hearServerTime } from './clock.ts';

interface State {
  sales: { id: string; state: 'running' | 'next'; left: number | null; items: { sku: string; left: number }[] }[];
  serverTime: string;
}

const everyMs = 4_000;

/** Asks every few seconds how many are left, as the ledger says; sleeps while nobody looks. A sale that starts or ends shows the page anew. */
export function watchFlash(place: HTMLElement): void {
  const { flash: url = '' } = place.dataset;
  const ask = async (): Promise<void> => {
    if (!document.hidden) {
      const response = await fetch(url, { headers: { accept: 'application/json' } }).catch(() => undefined);
      if (response?.ok) show(place, (await response.json()) as State);
    }
    setTimeout(() => void ask(), everyMs);
  };
  setTimeout(() => void ask(), everyMs);
}

function show(place: HTMLElement, { sales, serverTime }: State): void {
  hearServerTime(serverTime);
  const shown = [...place.querySelectorAll<HTMLElement>('[data-sale]')];
  const isSame =
    shown.length === sales.length &&
    sales.every(({ id, state }) => shown.some((one) => one.dataset['sale'] === id && one.classList.contains(state)));
  if (!isSame) return location.reload();
  for (const sale of sales) {
    const part = shown.find((one) => one.dataset['sale'] === sale.id);
    if (part === undefined || sale.state !== 'running') continue;
    const all = part.querySelector<HTMLElement>('[data-left-all]');
    if (all && sale.left !== null) {
      say(all, (all.dataset['text'] ?? '').replace('#', String(sale.left)));
      const bar = part.querySelector('progress');
      if (bar) bar.value = sale.left;
    }
    for (const { sku, left } of sale.items) showItem(part.querySelector(`[data-flash-item="${CSS.escape(sku)}"]`), left);
  }
}

function showItem(card: Element | null, left: number): void {
  const out = card?.querySelector<HTMLElement>('[data-left]');
  if (!card || !out) return;
  const isOut = left <= 0;
  out.dataset['left'] = String(left);
  say(out, isOut ? (out.dataset['out'] ?? '') : (out.dataset['text'] ?? '').replace('#', String(left)));
  out.parentElement?.classList.toggle('none', isOut);
  const button = card.querySelector('button');
  if (button) button.disabled = isOut;
  const gone = card.querySelector<HTMLElement>('[data-gone]');
  if (gone) gone.hidden = !isOut;
}

const say = (place: HTMLElement, text: string): void => {
  if (place.textContent !== text) place.textContent = text;
};
