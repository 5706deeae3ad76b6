import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useFormat } from '../lib/format.ts';
import { useWords } from '../lib/language.ts';
import { ErrorNote } from './error-state.tsx';
import type { Ticked } from './use-ticks.ts';

export const tickedMax = 2_000;

interface BulkBarProps<Row> {
  ticked: Ticked<Row>;
  /** How many of the ticked rows this page shows. */
  here: number;
  /** Whether the filter has more rows than are ticked. */
  hasMore: boolean;
  /** Every row of the filter, as far as `tickedMax`. */
  readAll: (onRows: (count: number) => void) => Promise<{ rows: readonly Row[]; isCut: boolean }>;
  children: ReactNode;
}

/** What is ticked, also on other pages, and what can be done with it. */
export function BulkBar<Row>({ ticked, here, hasMore, readAll, children }: BulkBarProps<Row>) {
  const words = useWords();
  const { count } = useFormat();
  const [state, setState] = useState<{ count: number } | { error: unknown } | { isCut: boolean } | undefined>();
  const all = async () => {
    setState({ count: 0 });
    try {
      const { rows, isCut } = await readAll((read) => setState({ count: read }));
      ticked.add(rows);
      setState({ isCut });
    } catch (error) {
      setState({ error });
    }
  };
  const elsewhere = ticked.rows.length - here;
  const isReading = state !== undefined && 'count' in state;
  return (
    <div className="bulk-bar" role="region" aria-label={words('ticks.region')}>
      <span aria-live="polite">
        <strong>{words('ticks.count', { count: ticked.rows.length })}</strong>
        {elsewhere > 0 && <span className="second"> {words('ticks.elsewhere', { count: elsewhere })}</span>}
      </span>
      {children}
      <span className="spring" />
      {hasMore && (
        <Button type="link" size="small" loading={isReading} onClick={() => void all()}>
          {isReading && state.count > 0 ? words('ticks.reading', { read: count(state.count) }) : words('ticks.all')}
        </Button>
      )}
      <Button type="link" size="small" onClick={ticked.clear}>
        {words('ticks.clear')}
      </Button>
      {state !== undefined && 'isCut' in state && state.isCut && (
        <p className="second bulk-note">{words('ticks.cut', { max: count(tickedMax) })}</p>
      )}
      {state !== undefined && 'error' in state && <ErrorNote error={state.error} />}
    </div>
  );
}
