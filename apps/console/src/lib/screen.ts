import { useSyncExternalStore } from 'react';

/** Whether the screen is narrower than `width` pixels, followed while it changes. */
export function useNarrow(width: number): boolean {
  const query = matchMedia(`(max-width: ${width - 0.02}px)`);
  return useSyncExternalStore(
    (tell) => {
      query.addEventListener('change', tell);
      return () => query.removeEventListener('change', tell);
    },
    () => query.matches,
  );
}
