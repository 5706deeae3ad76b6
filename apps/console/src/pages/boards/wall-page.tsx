import { useSuspenseQuery } from '@tanstack/react-query';
import { boards } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useEffect, useEffectEvent, useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions } from '../../lib/definitions.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useFigureVersion } from '../../lib/live.ts';
import { lend } from '../../lib/preferences.ts';
import { Contained } from '../../parts/alone.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { usePageTitle } from '../../parts/page-head.tsx';
import { AnswerView } from './answer-view.tsx';
import { isFigure, wallPages } from './arrange.ts';
import { type Bar, readBar } from './bar-url.ts';
import { FigureView } from './figure-view.tsx';
import { useTileTitle } from './tile-title.ts';
import { type Lines, useLines } from './use-lines.ts';
import { type Live, useTile } from './use-tile.ts';
import '../../answers.css';
import '../../boards.css';

const boardOf = (id: string) => q(boards.getBoard, { params: { id } });

export const loader = async ({ params }: LoaderFunctionArgs) => {
  await Promise.all([client.ensureQueryData(definitions), client.ensureQueryData(boardOf(params['id'] ?? ''))]);
  return null;
};

const stage = { width: 1920, height: 1080 };
const pageMs = 20_000;

/** A board for a screen on a wall: dark, big, one page after another, nothing to press. */
export function Page() {
  const id = useParams()['id'] ?? '';
  const words = useWords();
  const language = useLanguage();
  const { data: board } = useSuspenseQuery({ ...boardOf(id), refetchInterval: 300_000 });
  const [url] = useSearchParams();
  const bar = readBar(url, board.bar);
  const live = useFigureVersion();
  const lines = useLines();
  const pages = wallPages(board.tiles);
  const { at, isPaused } = useCycle(pages.length);
  const name = say(board.name, language);
  usePageTitle(name, words('nav.boards'));
  // The wall is dark whatever this person likes elsewhere.
  useEffect(() => lend('theme', 'dark'), []);
  const tiles = pages[at] ?? [];
  return (
    <main className="wall" aria-label={name}>
      <Stage>
        <header className="wall-head">
          <h1>{name}</h1>
          <span className="wall-dots" aria-hidden="true">
            {pages.length > 1 && pages.map((page, index) => <i key={page[0]?.id} data-on={index === at} />)}
          </span>
          <Clock live={live} isPaused={isPaused} />
        </header>
        {tiles.length === 0 ? (
          <p className="wall-empty">{words('boards.wallEmpty')}</p>
        ) : (
          <div className="wall-blocks" data-charts={tiles.filter((tile) => !isFigure(tile)).length}>
            {tiles.map((tile) => (
              <Block key={tile.id} tile={tile} bar={bar} live={live} lines={lines} />
            ))}
          </div>
        )}
      </Stage>
      <Link className="wall-exit" to={`/know/boards/${id}${url.size > 0 ? `?${url}` : ''}`}>
        {words('boards.leaveWall')}
      </Link>
    </main>
  );
}

/** A stage of 1920 × 1080, as large as the screen allows. */
function Stage({ children }: { children: React.ReactNode }) {
  const [scale, setScale] = useState(fit);
  // The window is outside React's tree.
  useEffect(() => {
    const resize = () => setScale(fit());
    window.addEventListener('resize', resize);
    return () => window.removeEventListener('resize', resize);
  }, []);
  return (
    <div className="wall-stage" style={{ transform: `translate(-50%, -50%) scale(${scale})` }}>
      {children}
    </div>
  );
}

const fit = (): number => Math.min(window.innerWidth / stage.width, window.innerHeight / stage.height);

/** Turns the pages; space holds, arrows turn by hand. */
function useCycle(count: number): { at: number; isPaused: boolean } {
  const [turn, setTurn] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const onKey = useEffectEvent(({ key }: KeyboardEvent) => {
    if (key === ' ') setPaused(!isPaused);
    else if (key === 'ArrowRight') setTurn(turn + 1);
    else if (key === 'ArrowLeft') setTurn(turn + count - 1);
  });
  // Keys belong to the document, for nothing here has the focus.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  // A page stands for twenty seconds, from when it was turned to.
  useEffect(() => {
    if (isPaused || count < 2) return undefined;
    const timer = setTimeout(() => setTurn(turn + 1), pageMs);
    return () => clearTimeout(timer);
  }, [turn, isPaused, count]);
  return { at: count === 0 ? 0 : turn % count, isPaused };
}

/** The time, and in red words when the figures no longer come. */
function Clock({ live, isPaused }: { live: Live; isPaused: boolean }) {
  const words = useWords();
  const f = useFormat();
  const [now, setNow] = useState(() => Date.now());
  // The clock ticks by itself.
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const time = f.instantExact(new Date(now).toISOString());
  return (
    <p className="wall-clock">
      {isPaused && <span>{words('boards.wallPaused')}</span>}
      {!live.isLive && <span className="wall-stale">{words('boards.wallStale')}</span>}
      <time>{time.slice(0, 16)}</time>
    </p>
  );
}

interface BlockProps {
  tile: boards.Tile;
  bar: Bar;
  live: Live;
  lines: Lines;
}

function Block({ tile, bar, live, lines }: BlockProps) {
  const f = useFormat();
  const title = useTileTitle()(tile);
  const { data, error } = useTile(tile.question, bar, live);
  const isSmall = isFigure(tile);
  const isStale = data !== undefined && error !== null;
  return (
    <section className={isSmall ? 'wall-block wall-figure' : 'wall-block wall-chart'} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {data !== undefined && (
          <p className={isStale ? 'wall-asof wall-stale' : 'wall-asof'}>{f.instantExact(data.asOf).slice(11)}</p>
        )}
      </header>
      <div className="wall-body">
        {data === undefined && error !== null && <ErrorState error={error} />}
        {data !== undefined && tile.question !== null && (
          <Contained>
            {data.tile.kind === 'metrics' && data.tile.answer.by.length === 0 ? (
              <FigureView question={tile.question} answer={data.tile.answer} lines={lines} />
            ) : (
              <AnswerView tile={data.tile} chart={tile.chart} height={200} />
            )}
          </Contained>
        )}
      </div>
    </section>
  );
}
