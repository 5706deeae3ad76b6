import { useEffect, useEffectEvent } from 'react';
import { isTypingIn } from '../../lib/keys.ts';
import { usePreferences } from '../../lib/preferences.ts';

/** Hears a single letter on the row that has the focus, where single letters are switched on; tells the row's address and the letter. */
export function useRowKeys(onKey: (href: string, key: string) => void): void {
  const areLettersOn = usePreferences().keys === 'on';
  const act = useEffectEvent(onKey);
  // Keys are pressed on the document, not on an element of ours.
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const row = document.activeElement?.closest('tr, li')?.querySelector('a[data-row]');
      const isPlain = !event.isComposing && !event.metaKey && !event.ctrlKey && !event.altKey;
      if (!areLettersOn || !isPlain || isTypingIn(document.activeElement) || !(row instanceof HTMLAnchorElement)) return;
      act(row.pathname, event.key.toLowerCase());
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [areLettersOn]);
}
