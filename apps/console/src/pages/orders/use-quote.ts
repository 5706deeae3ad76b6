import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type BodyOf, orders } from '@tongshang/contract';
import { ask } from '../../lib/api.ts';
import { useRested } from '../../lib/rested.ts';

export type QuoteBody = BodyOf<typeof orders.quoteOrder>;

/** What these lines would cost now: asked when typing rests, again every minute; old amounts stay until the new ones are here. */
export function useQuote(body: QuoteBody) {
  const now = JSON.stringify(body);
  const text = useRested(now, 250);
  const rested = JSON.parse(text) as QuoteBody;
  const quote = useQuery({
    ...ask(orders.quoteOrder, { body: rested }),
    enabled: rested.lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchInterval: 60_000,
    retry: false,
  });
  /** Whether the amounts shown are those of what is on the screen. */
  const isSettled = now === text && !quote.isPlaceholderData && quote.data !== undefined;
  return { quote, isSettled };
}
