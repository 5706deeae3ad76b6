import type { orders, ReplyOf } from '@tongshang/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { ErrorNote, ErrorState } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PriceSums } from './price-lines.tsx';
import { MissedOffers } from './quote-notes.tsx';

interface QuotePanelProps {
  quote: UseQueryResult<ReplyOf<typeof orders.quoteOrder>>;
  /** Whether the amounts are those of what is on the screen. */
  isSettled: boolean;
  isEmpty: boolean;
  isBusy: boolean;
  error: unknown;
  /** What the last, refused attempt had shown, fen: a changed total is named. */
  expectedFen: number | undefined;
  onPlace: () => void;
  /** The act, by its amount; without one while there is none. */
  act: (amount: string | undefined) => string;
  /** Nothing is sent at the till. */
  hasFreight?: boolean;
  children?: ReactNode;
}

/** What it comes to, every reduction named; the button says the amount, or why it cannot be pressed. */
export function QuotePanel({
  quote,
  isSettled,
  isEmpty,
  isBusy,
  error,
  expectedFen,
  onPlace,
  act,
  hasFreight = true,
  children,
}: QuotePanelProps) {
  const words = useWords();
  const { money } = useFormat();
  const price = isEmpty ? undefined : quote.data?.price;
  const amount = money(price?.totalFen);
  const not = isEmpty
    ? words('newOrder.empty')
    : price === undefined || !isSettled
      ? words('newOrder.quoting')
      : (quote.data?.problems.length ?? 0) > 0
        ? words('newOrder.problems', { count: quote.data?.problems.length ?? 0 })
        : undefined;
  return (
    <section className={quote.isFetching ? 'card quote-panel busy' : 'card quote-panel'} aria-label={words('newOrder.quote')}>
      <h2>{words('newOrder.quote')}</h2>
      {isEmpty && <p className="second">{words('newOrder.empty')}</p>}
      {!isEmpty && quote.error && <ErrorState error={quote.error} retry={() => void quote.refetch()} />}
      {price && (
        <div aria-live="polite">
          <PriceSums sums={price} currency={price.currency} hasFreight={hasFreight} />
          <MissedOffers price={price} />
        </div>
      )}
      {price && expectedFen !== undefined && expectedFen !== price.totalFen && (
        <p className="notice" role="alert">
          {words('newOrder.changed', { before: money(expectedFen), now: amount })}
        </p>
      )}
      {children}
      <ErrorNote error={error} />
      <MayButton need="orders.place" type="primary" size="large" block not={not} loading={isBusy} onClick={onPlace}>
        {act(price && amount)}
      </MayButton>
    </section>
  );
}
