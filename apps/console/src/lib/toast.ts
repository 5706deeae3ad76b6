import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  text: string;
  /** Where to see the result. */
  link?: { to: string; text: string };
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const tell of listeners) tell();
}

/** Says that something worked and needs no act. Failures are shown where they happened, not here. */
export function toast(text: string, link?: Toast['link']): void {
  const id = nextId++;
  set([...toasts.slice(-2), { id, text, ...(link && { link }) }]);
  setTimeout(() => closeToast(id), 8_000);
}

export const closeToast = (id: number): void => set(toasts.filter((one) => one.id !== id));

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => toasts,
  );
