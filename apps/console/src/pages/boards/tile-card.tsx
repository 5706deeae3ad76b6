import { MoreOutlined } from '@ant-design/icons';
import type { boards } from '@tongshang/contract';
import { dimensions as dimensionWords, say } from '@tongshang/ui';
import { Button, Popover } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useDefinitions } from '../../lib/definitions.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { Contained } from '../../parts/alone.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { AnswerView } from './answer-view.tsx';
import { isFigure } from './arrange.ts';
import type { Bar } from './bar-url.ts';
import { FigureView } from './figure-view.tsx';
import { barredQuestion, explorePath, ordersBehind, useTileTitle } from './tile-title.ts';
import type { Lines } from './use-lines.ts';
import { type Live, type TileAnswer, useTile } from './use-tile.ts';

interface TileCardProps {
  tile: boards.Tile;
  bar: Bar;
  live: Live;
  lines: Lines | undefined;
  /** What may be done with the tile while the board is arranged. */
  acts?: ReactNode;
}

export const rowHeight = 80;
export const rowGap = 16;

/** One tile: what it asks, its answer, until when it holds. Whatever goes wrong in it stays in it. */
export function TileCard({ tile, bar, live, lines, acts }: TileCardProps) {
  const title = useTileTitle()(tile);
  const words = useWords();
  const { data, error, isFetching, refetch } = useTile(tile.question, bar, live);
  const isRed = crossed(data, lines);
  const skipped = data?.notNarrowedBy ?? [];
  return (
    <section
      className={`card tile${isRed ? ' tile-red' : ''}${isFigure(tile) ? ' tile-small' : ''}`}
      aria-label={title}
      aria-busy={isFetching}
    >
      <header className="tile-head">
        <h2>
          {tile.question === null || acts ? (
            title
          ) : (
            <Link to={explorePath(barredQuestion(tile.question, bar, skipped))}>{title}</Link>
          )}
        </h2>
        {acts ?? <About tile={tile} bar={bar} skipped={skipped} />}
      </header>
      <div className="tile-body">
        {tile.question === null ? (
          <p className="notice">{words('boards.questionGone')}</p>
        ) : data === undefined && error !== null ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : data === undefined ? (
          <div className="bone tile-coming" role="status" aria-label={words('state.loading')} />
        ) : (
          <Contained>
            <Shown tile={tile} data={data} bar={bar} lines={lines} />
          </Contained>
        )}
      </div>
      {data !== undefined && <TileFoot data={data} isSmall={isFigure(tile)} hasFailed={error !== null} />}
    </section>
  );
}

const crossed = (data: TileAnswer | undefined, lines: Lines | undefined): boolean =>
  data?.tile.kind === 'metrics' &&
  data.tile.answer.by.length === 0 &&
  data.tile.answer.metrics.some((metric) => (lines?.crossedOf(metric).length ?? 0) > 0);

interface ShownProps {
  tile: boards.Tile;
  data: TileAnswer;
  bar: Bar;
  lines: Lines | undefined;
}

function Shown({ tile: { question: asked, chart, wide }, data: { tile, notNarrowedBy }, bar, lines }: ShownProps) {
  if (asked === null) return null;
  const question = barredQuestion(asked, bar, notNarrowedBy);
  if (tile.kind === 'metrics' && tile.answer.by.length === 0 && chart !== 'table')
    return <FigureView question={question} answer={tile.answer} lines={lines} />;
  const height = Math.max(120, wide.h * rowHeight + (wide.h - 1) * rowGap - 150);
  if (tile.kind === 'metrics' && tile.answer.metrics.every((metric) => tile.answer.noSource.includes(metric)))
    return <NoSource />;
  return (
    <AnswerView
      tile={tile}
      chart={chart}
      height={height}
      cellTo={({ keys, metric }) =>
        `${ordersBehind(question, metric)}${keys.map((key) => `&at=${encodeURIComponent(key)}`).join('')}`
      }
    />
  );
}

function NoSource() {
  const words = useWords();
  return <p className="no-source">{words('boards.noSource')}</p>;
}

interface FootProps {
  data: TileAnswer;
  /** A small tile says the time alone. */
  isSmall: boolean;
  hasFailed: boolean;
}

/** Until when the figures hold, and what of the bar this tile could not follow. */
function TileFoot({ data: { asOf, notNarrowedBy, tile }, isSmall, hasFailed }: FootProps) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { from, to } = tile.answer.period;
  const asOfText = words('boards.asOf', { time: f.instantExact(asOf).slice(11) });
  const year = f.today().slice(0, 5);
  const short = (day: string): string => (day.startsWith(year) ? day.slice(5) : day);
  return (
    <footer className={hasFailed ? 'tile-foot stale' : 'tile-foot third'}>
      <span title={asOfText}>
        {isSmall ? f.instantExact(asOf).slice(11) : asOfText}
        {isSmall && <span className="hidden"> {asOfText}</span>}
      </span>
      <span>{from === to ? short(from) : `${short(from)}—${short(to)}`}</span>
      {notNarrowedBy.length > 0 && (
        <span>{words('boards.notNarrowed', { names: notNarrowedBy.map((name) => term(dimensionWords, name)).join(' · ') })}</span>
      )}
    </footer>
  );
}

/** What the figures mean, who answers for them, and where to look further. */
function About({ tile: { question }, bar, skipped }: { tile: boards.Tile; bar: Bar; skipped: readonly string[] }) {
  const words = useWords();
  const language = useLanguage();
  const { find } = useDefinitions();
  const title = useTileTitle();
  if (question === null) return null;
  const shown = question.kind === 'metrics' ? question.question.metrics.flatMap((name) => find(name) ?? []) : [];
  const barred = barredQuestion(question, bar, skipped);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="definition stack-small">
          {shown.map((one) => (
            <p key={one.name}>
              <strong>{say(one.title, language)}</strong> {say(one.explanation, language)}
            </p>
          ))}
          <p>
            <Link to={explorePath(barred)}>{words('boards.explore')}</Link>
          </p>
          {shown.map((one) => (
            <p key={one.name}>
              <Link to={ordersBehind(barred, one.name)}>{words('boards.ordersBehind', { name: say(one.title, language) })}</Link>
            </p>
          ))}
        </div>
      }
    >
      <Button
        type="text"
        size="small"
        aria-label={words('boards.tileMenu', { name: title({ question, title: null, savedName: null }) })}
        icon={<MoreOutlined aria-hidden="true" />}
      />
    </Popover>
  );
}
