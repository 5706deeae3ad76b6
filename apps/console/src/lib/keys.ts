// Keyboard: pure decisions. The components that listen act on them.

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
}

/** Where `G` then a letter goes. */
const goLetters: Readonly<Record<string, string>> = {
  h: '/',
  o: '/sell/orders',
  p: '/sell/products',
  i: '/supply/stock',
  m: '/sell/customers',
  d: '/steer/decisions',
};

export type KeyAct =
  | { do: 'open-menu' }
  | { do: 'help' }
  | { do: 'wait-for-letter' }
  | { do: 'go'; to: string }
  | { do: 'list'; act: ListAct };
export type ListAct =
  | 'search'
  | 'next'
  | 'previous'
  | 'tick'
  | 'page-back'
  | 'page-on'
  | 'export'
  | 'filters'
  | 'views'
  | 'record-on'
  | 'record-back';

const listKeys: Readonly<Record<string, ListAct>> = {
  '/': 'search',
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  '[': 'page-back',
  ']': 'page-on',
  e: 'export',
  f: 'filters',
  x: 'tick',
  v: 'views',
  n: 'record-on',
  p: 'record-back',
};

/**
 * What a key press means. Nothing while an input method composes; single letters nothing inside a field or when they
 * are switched off. Arrows move rows only from a row, so that they still scroll the page.
 */
export function keyAct(
  pressed: Pressed,
  {
    isTyping,
    isOnRow,
    isWaiting,
    areLettersOn,
  }: { isTyping: boolean; isOnRow: boolean; isWaiting: boolean; areLettersOn: boolean },
): KeyAct | undefined {
  if (pressed.isComposing) return undefined;
  if ((pressed.metaKey || pressed.ctrlKey) && pressed.key.toLowerCase() === 'k') return { do: 'open-menu' };
  if (isTyping || !areLettersOn || pressed.metaKey || pressed.ctrlKey || pressed.altKey) return undefined;
  if (isWaiting) {
    const to = goLetters[pressed.key.toLowerCase()];
    return to === undefined ? undefined : { do: 'go', to };
  }
  if (pressed.key === '?') return { do: 'help' };
  if (pressed.key.toLowerCase() === 'g') return { do: 'wait-for-letter' };
  if (pressed.key.startsWith('Arrow') && !isOnRow) return undefined;
  const act = listKeys[pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key];
  return act && { do: 'list', act };
}

/** Whether keys belong to the element that has the focus. */
export function isTypingIn(element: Element | null): boolean {
  if (element === null) return false;
  if (element.closest('[role="dialog"], dialog, [role="listbox"], [role="menu"]')) return true;
  return element.matches(
    'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"], [role="combobox"], [role="tab"]',
  );
}

/** Whether the page takes codes from a scanner: a code with G and O in it must open no other page. */
export const isScannedInto = (): boolean => document.querySelector('[data-scan]') !== null;
