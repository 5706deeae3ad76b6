import { metrics, urlOf } from '@tongshang/contract';
import { useEffect, useState } from 'react';
import { forget } from './api.ts';

/** Reads the cockpit anew when its figures changed, at most once a second. Answers whether the stream is connected. */
export function useLiveCockpit(): boolean {
  return useLive(refreshCockpit, false);
}
const refreshCockpit = () => void forget(metrics.getCockpit);

/** The version of the figures as it changes, at most once a second; undefined until the first one is told. */
export function useFigureVersion(): { isLive: boolean; version: string | undefined } {
  const [version, setVersion] = useState<string>();
  const isLive = useLive(setVersion, true);
  return { isLive, version };
}

/**
 * Tells of newer figures, at most once a second, and not while the tab is hidden; without a stream every ten seconds, whether they changed
 * or not. `tellsFirst`: the version that is found at first is news too. Answers whether the stream is connected. `tell` must be the same
 * function from one drawing to the next.
 */
function useLive(tell: (version: string | undefined) => void, tellsFirst: boolean): boolean {
  const [isLive, setLive] = useState(true);
  // The stream is a connection of the browser's, opened and closed with the page's visibility.
  useEffect(() => {
    let source: EventSource | undefined;
    let version: string | undefined;
    const refresh = coalesce(() => tell(version), 1_000);
    const onVersion = ({ data }: MessageEvent<string>) => {
      const before = version;
      ({ version } = JSON.parse(data) as { version: string });
      if (before !== version && (tellsFirst || before !== undefined)) refresh.ask();
    };
    const open = () => {
      source = new EventSource(urlOf(metrics.watchMetrics));
      source.addEventListener('open', () => setLive(true));
      source.addEventListener('error', () => setLive(false));
      source.addEventListener('version', onVersion);
    };
    const follow = () => {
      source?.close();
      source = undefined;
      if (document.visibilityState === 'visible') {
        open();
        refresh.ask();
      }
    };
    // Where no stream is to be had, ask every ten seconds.
    const poll = setInterval(() => {
      if (document.visibilityState !== 'visible' || source?.readyState === EventSource.OPEN) return;
      refresh.ask();
      if (source?.readyState === EventSource.CLOSED) follow();
    }, 10_000);
    open();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearInterval(poll);
      refresh.stop();
      source?.close();
      document.removeEventListener('visibilitychange', follow);
    };
  }, [tell, tellsFirst]);
  return isLive;
}

/** Runs at once, then at most once every `gapMs`; what is asked in between runs once at its end. */
export function coalesce(run: () => void, gapMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const close = () => {
    timer = undefined;
    if (isAsked) start();
  };
  const start = () => {
    isAsked = false;
    timer = setTimeout(close, gapMs);
    run();
  };
  return {
    ask(): void {
      if (timer === undefined) start();
      else isAsked = true;
    },
    stop(): void {
      clearTimeout(timer);
      isAsked = false;
    },
  };
}
