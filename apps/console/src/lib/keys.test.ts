import { expect, test } from 'vitest';
import { keyAct, type Pressed } from './keys.ts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});
const page = { isTyping: false, isOnRow: false, isWaiting: false, areLettersOn: true };

test('no key acts while an input method composes', () => {
  expect(keyAct(press('j', { isComposing: true }), page)).toBeUndefined();
  expect(keyAct(press('k', { isComposing: true, metaKey: true }), page)).toBeUndefined();
});

test('single letters are off inside fields and when switched off, the menu key is not', () => {
  expect(keyAct(press('j'), { ...page, isTyping: true })).toBeUndefined();
  expect(keyAct(press('j'), { ...page, areLettersOn: false })).toBeUndefined();
  expect(keyAct(press('k', { ctrlKey: true }), { ...page, isTyping: true, areLettersOn: false })).toEqual({ do: 'open-menu' });
});

test('G waits for a letter and goes there', () => {
  expect(keyAct(press('g'), page)).toEqual({ do: 'wait-for-letter' });
  expect(keyAct(press('o'), { ...page, isWaiting: true })).toEqual({ do: 'go', to: '/sell/orders' });
  expect(keyAct(press('x'), { ...page, isWaiting: true })).toBeUndefined();
});

test('arrows walk rows only from a row, J and K from anywhere', () => {
  expect(keyAct(press('ArrowDown'), page)).toBeUndefined();
  expect(keyAct(press('ArrowDown'), { ...page, isOnRow: true })).toEqual({ do: 'list', act: 'next' });
  expect(keyAct(press('K'), page)).toEqual({ do: 'list', act: 'previous' });
  expect(keyAct(press('j', { altKey: true }), page)).toBeUndefined();
});
