import { useSyncExternalStore } from 'react';

/** What this person chose on this device. */
export interface Preferences {
  theme: 'light' | 'dark' | 'system';
  /** Which colour means "up"; unset follows the language (zh red, en teal). */
  trend: 'red-up' | 'green-up' | 'neutral' | undefined;
  rail: 'wide' | 'narrow';
  density: 'compact' | 'standard' | 'wide';
  /** Single-letter keys (WCAG 2.1.4 lets people switch them off). */
  keys: 'on' | 'off';
}

const defaults: Preferences = { theme: 'system', trend: undefined, rail: 'wide', density: 'standard', keys: 'on' };
const listeners = new Set<() => void>();
let current: Preferences | undefined;

function read(): Preferences {
  current ??= Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, localStorage.getItem(`ts.${name}`) ?? value]),
  ) as unknown as Preferences;
  return current;
}

export function choose<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  if (value === undefined) localStorage.removeItem(`ts.${name}`);
  else localStorage.setItem(`ts.${name}`, value);
  current = { ...read(), [name]: value };
  for (const tell of listeners) tell();
}

/** Shows something as if it had been chosen, without remembering it; what comes back ends that. */
export function lend<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): () => void {
  const before = read()[name];
  const show = (one: Preferences[Name]) => {
    current = { ...read(), [name]: one };
    for (const tell of listeners) tell();
  };
  show(value);
  return () => show(before);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, read);
