import type { ReactNode } from 'react';
import { useFormat } from '../lib/format.ts';

export interface BoardColumn<Card> {
  key: string;
  title: string;
  /** How many there are, also where not all are shown. */
  count: number;
  cards: readonly Card[];
  /** What to say when nothing stands here. */
  empty: string;
  /** Below the cards: the way to those that are not shown. */
  more?: ReactNode;
}

interface BoardProps<Card> {
  label: string;
  columns: readonly BoardColumn<Card>[];
  cardKey: (card: Card) => string;
  show: (card: Card) => ReactNode;
}

/** Stages side by side, each a list of cards with its count; below each other on a narrow screen. */
export function Board<Card>({ label, columns, cardKey, show }: BoardProps<Card>) {
  const { count } = useFormat();
  return (
    <div className="board" role="group" aria-label={label}>
      {columns.map((column) => (
        <section key={column.key} className="board-column" aria-labelledby={`board-${column.key}`}>
          <h2 id={`board-${column.key}`}>
            {column.title} <span className="stage-count">{count(column.count)}</span>
          </h2>
          {column.cards.length === 0 && <p className="third board-empty">{column.empty}</p>}
          <ul>
            {column.cards.map((card) => (
              <li key={cardKey(card)} className="board-card">
                {show(card)}
              </li>
            ))}
          </ul>
          {column.more}
        </section>
      ))}
    </div>
  );
}
