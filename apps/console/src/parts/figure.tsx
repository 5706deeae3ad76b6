import { InfoCircleOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../lib/format.ts';
import { useWords } from '../lib/language.ts';

export interface Comparison {
  /** Against what: "last Sunday", "target". */
  with: string;
  /** The difference as a word with its sign: `+12.3%`, `−0.8 pp`. */
  text: string;
  direction: 'up' | 'down' | 'same';
  /** Whether that is welcome, by the metric's polarity. Said in words, never by the colour. */
  verdict?: 'good' | 'bad' | undefined;
}

interface FigureProps {
  name: string;
  definition?: ReactNode;
  value: string;
  /** The exact value, for the title and for readers. */
  exact?: string;
  comparisons?: readonly Comparison[];
  /** Said below the comparisons, without a verdict. */
  note?: string | undefined;
  asOf?: string | undefined;
  to?: string;
  /** A small line of the last days. */
  spark?: ReactNode;
}

/** One headline figure: name, definition, value, comparison, as of, and where it leads. */
export function Figure({ name, definition, value, exact, comparisons = [], note, asOf, to, spark }: FigureProps) {
  const words = useWords();
  const { time } = useFormat();
  return (
    <article className="figure card" aria-label={name}>
      <div className="figure-name">
        <h3>{to ? <Link to={to}>{name}</Link> : name}</h3>
        {definition && (
          <Popover content={<div className="definition">{definition}</div>} trigger={['click', 'hover']} title={name}>
            <Button
              type="text"
              size="small"
              aria-label={words('figure.definition', { name })}
              icon={<InfoCircleOutlined aria-hidden="true" />}
            />
          </Popover>
        )}
      </div>
      <p className="figure-value" {...(exact !== undefined && { title: exact })}>
        {value}
        {exact !== undefined && exact !== value && <span className="hidden">({exact})</span>}
      </p>
      {comparisons.map((one) => (
        <ComparisonLine key={one.with} comparison={one} />
      ))}
      {note && <p className="third">{note}</p>}
      {spark}
      {asOf && <p className="third">{words('figure.asOf', { time: time(asOf) })}</p>}
    </article>
  );
}

const arrows = { up: '▲', down: '▼', same: '＝' } as const;

export function ComparisonLine({ comparison: { with: against, text, direction, verdict } }: { comparison: Comparison }) {
  const words = useWords();
  return (
    <p className="comparison">
      <span className={`trend-${direction}`}>
        <span aria-hidden="true">{arrows[direction]}</span>
        {text}
      </span>{' '}
      <span className="second">
        {against}
        {verdict && ` · ${words(verdict === 'good' ? 'figure.good' : 'figure.bad')}`}
      </span>
    </p>
  );
}
