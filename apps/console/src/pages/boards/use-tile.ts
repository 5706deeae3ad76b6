import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { boards, type ReplyOf } from '@tongshang/contract';
import { ask } from '../../lib/api.ts';
import { type Bar, sentBar } from './bar-url.ts';

export type TileAnswer = ReplyOf<typeof boards.answerTile>;

/** What a screen knows of the figures' freshness: whether it is told of changes, and the version it was told last. */
export interface Live {
  isLive: boolean;
  version: string | undefined;
}

/**
 * The answer of one tile, kept fresh: asked again when newer figures exist, but no sooner than another answer can come, and every ten
 * seconds where no stream tells of changes. The old answer stays until the new one is there.
 */
export function useTile(question: boards.TileQuestion | null, bar: Bar, { isLive, version }: Live) {
  const asked = question === null ? undefined : ask(boards.answerTile, { body: { question, bar: sentBar(bar) } });
  return useQuery({
    queryKey: asked?.queryKey ?? ['no question'],
    queryFn: asked?.queryFn ?? skipToken,
    staleTime: 1_000,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data, status } }) => {
      if (status === 'error') return 30_000;
      if (data === undefined) return false;
      const again = Math.max(1_000, data.keepMs);
      return isLive ? version !== undefined && data.version !== version && again : Math.max(10_000, again);
    },
  });
}
