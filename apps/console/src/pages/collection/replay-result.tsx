import type { collection } from '@tongshang/contract';
import { badEventReasons, replayOutcomes } from '@tongshang/ui';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useTerm, useWords } from '../../lib/language.ts';
import type { RowOf } from '../../parts/query-list.tsx';
import { countOutcomes, type Replayed } from './outcomes.ts';

interface ResultProps {
  items: readonly Replayed[];
  rows: readonly RowOf<typeof collection.listBadEvents>[];
  onClose: () => void;
}

/** What became of each replayed event: how many were taken, and which are still bad and why. */
export function ReplayResult({ items, rows, onClose }: ResultProps) {
  const words = useWords();
  const term = useTerm();
  const nameOf = (id: string) => rows.find((row) => row.id === id)?.eventName ?? words('events.noName');
  const bad = items.filter(({ outcome }) => outcome === 'still_bad');
  return (
    <section className="result-card" aria-label={words('events.result')} aria-live="polite">
      <div className="row">
        {countOutcomes(items).map(({ outcome, count }) => (
          <span key={outcome} className="status">
            <span className={`dot dot-${replayOutcomes[outcome].tone}`} aria-hidden="true" />
            {words('events.resultLine', { outcome: term(replayOutcomes, outcome), count })}
          </span>
        ))}
        <span className="spring" />
        <Button size="small" type="link" onClick={onClose}>
          {words('events.resultClose')}
        </Button>
      </div>
      {bad.length > 0 && (
        <>
          <p className="second">{words('events.stillBad')}</p>
          <ul className="cards" aria-label={words('events.stillBad')}>
            {bad.slice(0, shownMax).map(({ id, reasons }) => (
              <li key={id} className="card-line">
                <Link to={`/know/events/bad/${id}`}>{nameOf(id)}</Link>
                <span className="bad-text">
                  {reasons.map((reason) => term(badEventReasons, reason)).join(words('list.comma'))}
                </span>
              </li>
            ))}
          </ul>
          {bad.length > shownMax && <p className="third">{words('events.stillBadMore', { count: bad.length - shownMax })}</p>}
        </>
      )}
    </section>
  );
}

/** More are found in the list itself, by their reasons. */
const shownMax = 20;
