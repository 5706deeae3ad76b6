import { formatMoney } from '@tongshang/ui/format/money';
import { render } from 'preact';
import { nameIn } from '../lib/language.ts';
import { fill, type Values, type Word } from '../lib/say.ts';
import { categoryUrl, productUrl, searchUrl } from '../lib/urls.ts';
import type { Suggestions } from '../views.ts';
import { lists } from '../words/lists.ts';
import { language } from './cart-count.ts';

interface Row {
  href: string;
  text: string;
  aside?: string;
  image?: string | undefined;
}

const waitMs = 120;
const recentKey = 'ts_recent';
const say = (word: Word, values?: Values): string => fill(word, language(), values);
const home = (): string => (language() === 'en' ? '/en' : '');
const searchFor = (text: string): string => `${home()}${searchUrl}?q=${encodeURIComponent(text)}`;
const recent = (): string[] => JSON.parse(localStorage.getItem(recentKey) ?? '[]') as string[];

/** Suggestions below the search field: a combobox after the ARIA pattern, at most eight rows, quiet while an IME composes. */
export function connectSuggest(form: HTMLFormElement): void {
  const input = form.elements.namedItem('q') as HTMLInputElement;
  const box = document.createElement('div');
  const live = document.createElement('span');
  box.className = 'suggestions';
  box.hidden = true;
  live.className = 'sr';
  live.role = 'status';
  form.append(box, live);
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', 'suggestions'],
  ] as const)
    input.setAttribute(name, value);

  let rows: Row[] = [];
  let at = -1;
  let timer = 0;
  let asked = 0;

  const draw = (): void => {
    const isOpen = rows.length > 0;
    box.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (at >= 0) input.setAttribute('aria-activedescendant', `suggestion-${at}`);
    else input.removeAttribute('aria-activedescendant');
    render(<List rows={rows} at={at} typed={input.value.trim()} clear={clearRecent} />, box);
  };
  const close = (): void => {
    rows = [];
    at = -1;
    draw();
  };
  const clearRecent = (): void => {
    localStorage.removeItem(recentKey);
    close();
    input.focus();
  };
  const ask = async (): Promise<void> => {
    const text = input.value.trim();
    const turn = (asked += 1);
    const found =
      text === ''
        ? recent().map((one) => ({ href: searchFor(one), text: one }))
        : await fetchRows(form.dataset['suggest'] ?? '', text);
    if (turn !== asked || document.activeElement !== input) return;
    rows = found;
    at = -1;
    draw();
    live.textContent = say(lists.suggestCount, { count: rows.length });
  };

  input.addEventListener('input', (event) => {
    if ((event as InputEvent).isComposing) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), waitMs);
  });
  input.addEventListener('compositionend', () => void ask());
  input.addEventListener('focus', () => void ask());
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || rows.length === 0) return;
    if (event.key === 'Escape') return close();
    if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      location.assign(rows[at]?.href ?? '');
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    at = (at + (event.key === 'ArrowDown' ? 1 : -1) + rows.length + 1) % (rows.length + 1);
    if (at === rows.length) at = -1;
    draw();
  });
  form.addEventListener('focusout', (event) => !form.contains(event.relatedTarget as Node | null) && close());
  form.addEventListener('submit', () => {
    const text = input.value.trim();
    if (text !== '')
      localStorage.setItem(recentKey, JSON.stringify([text, ...recent().filter((one) => one !== text)].slice(0, 6)));
  });
  void ask();
}

async function fetchRows(url: string, text: string): Promise<Row[]> {
  const response = await fetch(`${url}?text=${encodeURIComponent(text)}`, { headers: { accept: 'application/json' } }).catch(
    () => undefined,
  );
  if (!response?.ok) return [];
  const { terms, categories, products } = (await response.json()) as Suggestions;
  const top = products.slice(0, 3).map((one) => ({
    href: home() + productUrl(one.slug),
    text: nameIn(language(), one),
    aside: formatMoney(one.priceFen),
    image: one.image?.src,
  }));
  const scopes = categories
    .slice(0, 3)
    .map((one) => ({ href: home() + categoryUrl(one.code), text: nameIn(language(), one), aside: say(lists.suggestCategories) }));
  const words = terms.slice(0, 8 - top.length - scopes.length).map((term) => ({ href: searchFor(term), text: term }));
  return [...words, ...scopes, ...top];
}

function List({ rows, at, typed, clear }: { rows: readonly Row[]; at: number; typed: string; clear: () => void }) {
  return (
    <>
      {/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a datalist cannot hold pictures and prices */}
      <div role="listbox" id="suggestions" tabIndex={-1} aria-label={say(typed === '' ? lists.recent : lists.suggestTerms)}>
        {rows.map((row, index) => (
          <a
            key={row.href}
            id={`suggestion-${index}`}
            role="option"
            aria-selected={index === at ? 'true' : 'false'}
            href={row.href}
            tabIndex={-1}
          >
            {row.image !== undefined && <img src={row.image} alt="" width="36" height="36" />}
            <span>
              <Marked text={row.text} typed={typed} />
            </span>
            {row.aside !== undefined && <small>{row.aside}</small>}
          </a>
        ))}
      </div>
      {/* oxlint-enable jsx-a11y/prefer-tag-over-role */}
      {typed === '' && (
        <button type="button" class="link" onMouseDown={(event) => event.preventDefault()} onClick={clear}>
          {say(lists.clearRecent)}
        </button>
      )}
    </>
  );
}

/** What was typed stays plain, the rest is bold: the eye looks for what is new. */
function Marked({ text, typed }: { text: string; typed: string }) {
  const from = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase());
  if (from === -1) return <>{text}</>;
  const to = from + typed.length;
  return (
    <>
      <b>{text.slice(0, from)}</b>
      {text.slice(from, to)}
      <b>{text.slice(to)}</b>
    </>
  );
}
