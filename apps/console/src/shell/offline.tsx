import { useSyncExternalStore } from 'react';
import { useWords } from '../lib/language.ts';

const subscribe = (tell: () => void): (() => void) => {
  addEventListener('online', tell);
  addEventListener('offline', tell);
  return () => {
    removeEventListener('online', tell);
    removeEventListener('offline', tell);
  };
};

/** Says that the browser has no network: what is shown may be old, and nothing can be saved. */
export function OfflineBanner() {
  const words = useWords();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" aria-live="polite">
      {!isOnline && <p className="offline">{words('state.offline')}</p>}
    </div>
  );
}
