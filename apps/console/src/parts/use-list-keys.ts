import type { InputRef } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { isTypingIn, keyAct, type ListAct } from '../lib/keys.ts';
import { usePreferences } from '../lib/preferences.ts';
import type { Pager } from './list-foot.tsx';

/** Hears the keys of a page that are not the shell's: single letters only where nobody types and they are switched on. */
export function usePageKeys(onAct: (act: ListAct) => void): void {
  const { keys } = usePreferences();
  const act = useEffectEvent(onAct);
  const areLettersOn = keys === 'on';
  // Keys are pressed on the document, not on an element of ours.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isOnRow = document.activeElement?.matches('[data-row]') ?? false;
      const meant = keyAct(event, { isTyping: isTypingIn(document.activeElement), isOnRow, isWaiting: false, areLettersOn });
      if (meant?.do !== 'list') return;
      event.preventDefault();
      act(meant.act);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [areLettersOn]);
}

/** `/` search, `J` `K` rows, `X` tick, `[` `]` pages, `F` filters, `V` views, `E` export; `Enter` on a row is the link's own. */
export function useListKeys(
  place: React.RefObject<HTMLDivElement | null>,
  search: React.RefObject<InputRef | null>,
  pager: Pager,
): void {
  usePageKeys((what) => {
    const find = (selector: string) => place.current?.querySelector<HTMLElement>(selector);
    if (what === 'search') search.current?.focus({ cursor: 'all' });
    else if (what === 'page-on') pager.on?.();
    else if (what === 'page-back') pager.back?.();
    else if (what === 'filters') find('[data-filters], .filters .choice input')?.focus();
    else if (what === 'views') find('[data-views] a[aria-current]')?.focus();
    else if (what === 'export') find('[data-export]')?.click();
    else if (what === 'tick') tickRow();
    else if (what === 'next' || what === 'previous') focusRow(place.current, what === 'next' ? 1 : -1);
  });
}

const tickRow = (): void => document.activeElement?.closest('tr, li')?.querySelector<HTMLElement>('[data-tick]')?.click();

function focusRow(place: HTMLDivElement | null, step: 1 | -1): void {
  const rows = [...(place?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const here = document.activeElement?.closest('tr, li');
  const at = here ? rows.findIndex((row) => here.contains(row)) : -1;
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  next?.focus();
}
