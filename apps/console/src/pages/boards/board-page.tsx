import { useSuspenseQuery } from '@tanstack/react-query';
import { boards, urlOf } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { lazy, Suspense, useState } from 'react';
import { type LoaderFunctionArgs, useNavigate, useParams, useSearchParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { definitions } from '../../lib/definitions.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useFigureVersion } from '../../lib/live.ts';
import { useNarrow } from '../../lib/screen.ts';
import { toast } from '../../lib/toast.ts';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { BoardBar, CopyLink } from './board-bar.tsx';
import { type Bar, readBar, sentBar, writeBar } from './bar-url.ts';
import { NameDialog } from './name-dialog.tsx';
import { TileCard } from './tile-card.tsx';
import { useLines } from './use-lines.ts';
import type { Live } from './use-tile.ts';
import '../../answers.css';
import '../../boards.css';

const BoardEditor = lazy(() => import('./board-editor.tsx'));

const boardOf = (id: string) => q(boards.getBoard, { params: { id } });

export const loader = async ({ params }: LoaderFunctionArgs) => {
  await Promise.all([client.ensureQueryData(definitions), client.fetchQuery(boardOf(params['id'] ?? ''))]);
  return null;
};

/** One board: its bar, its tiles live, and what may be done with it. */
export function Page() {
  const id = useParams()['id'] ?? '';
  const { data: board } = useSuspenseQuery(boardOf(id));
  const { today } = useFormat();
  const [url, setUrl] = useSearchParams();
  const [isEditing, setEditing] = useState(false);
  const bar = readBar(url, board.bar);
  const setBar = (next: Bar) => setUrl(writeBar(url, next), { preventScrollReset: true });
  const live = useFigureVersion();
  return (
    <div className="board-page">
      <Head board={board} bar={bar} live={live} isEditing={isEditing} onEdit={() => setEditing(true)} />
      <BoardBar bar={bar} today={today()} onChange={setBar} />
      {isEditing ? (
        <Suspense fallback={<div className="bone board-coming" />}>
          <BoardEditor board={board} bar={bar} live={live} onDone={() => setEditing(false)} />
        </Suspense>
      ) : (
        <Tiles board={board} bar={bar} live={live} />
      )}
    </div>
  );
}

/** Twelve columns on a wide screen, one below the other on a phone. */
function Tiles({ board, bar, live }: { board: boards.Board; bar: Bar; live: Live }) {
  const words = useWords();
  const lines = useLines();
  const isNarrow = useNarrow(768);
  if (board.tiles.length === 0) {
    return (
      <div className="card empty">
        <p>{words(board.mayChange ? 'boards.emptyMine' : 'boards.empty')}</p>
      </div>
    );
  }
  return (
    <div className={isNarrow ? 'tiles tiles-narrow' : 'tiles'}>
      {board.tiles.map((tile) => {
        const { x, y, w, h } = tile.wide;
        const place = isNarrow
          ? { gridRow: `span ${h}` }
          : { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` };
        return (
          <div key={tile.id} style={place}>
            <TileCard tile={tile} bar={bar} live={live} lines={lines} />
          </div>
        );
      })}
    </div>
  );
}

interface HeadProps {
  board: boards.Board;
  bar: Bar;
  live: Live;
  isEditing: boolean;
  onEdit: () => void;
}

function Head({ board, bar, live, isEditing, onEdit }: HeadProps) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const [isCopying, setCopying] = useState(false);
  const whose = board.isHouse
    ? words('boards.shippedAbout')
    : words(board.isShared ? 'boards.sharedBy' : 'boards.privateOf', { name: board.ownerName ?? '' });
  const changed =
    board.changedAt === null
      ? ''
      : ` · ${words('boards.changedAt', { time: f.instant(board.changedAt), name: board.changedByName ?? '' })}`;
  const not = board.isHouse ? words('boards.copyFirst') : board.mayChange ? undefined : words('boards.notYours');
  return (
    <>
      <PageHead
        title={say(board.name, language)}
        module={words('nav.boards')}
        about={
          <>
            {whose}
            {changed}
            {' · '}
            <span className={live.isLive ? undefined : 'stale'}>{words(live.isLive ? 'boards.live' : 'boards.notLive')}</span>
          </>
        }
        actions={
          isEditing ? undefined : (
            <>
              <MayButton need="boards.edit" not={not} onClick={onEdit}>
                {words('boards.arrange')}
              </MayButton>
              <MayButton need="boards.edit" onClick={() => setCopying(true)}>
                {words('boards.copy')}
              </MayButton>
              <MayButton need="boards.view" href={`/know/boards/${board.id}/wall?${writeBar(new URLSearchParams(), bar)}`}>
                {words('boards.wall')}
              </MayButton>
              <MayButton
                need="metrics.export"
                data-export=""
                href={urlOf(boards.exportBoard, { params: { id: board.id }, query: { ...sentBar(bar), language } })}
                download
              >
                {words('overview.export')}
              </MayButton>
              <MayButton need="metrics.export" href={`/know/schedules?new=board:${board.id}`}>
                {words('schedules.fromBoard')}
              </MayButton>
              <CopyLink />
            </>
          )
        }
      />
      {isCopying && <CopyDialog board={board} onClose={() => setCopying(false)} />}
    </>
  );
}

function CopyDialog({ board, onClose }: { board: boards.Board; onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const copy = useSend(boards.copyBoard, [boards.listBoards]);
  return (
    <NameDialog
      title={words('boards.copyTitle')}
      act={words('boards.copyAct')}
      initial={{
        name: { zh: words('boards.copyOf', { name: board.name.zh }), en: words('boards.copyOf', { name: board.name.en }) },
        isShared: false,
      }}
      asksShared={false}
      isBusy={copy.isPending}
      error={copy.error}
      onClose={onClose}
      onSubmit={({ name }) =>
        copy.mutate(
          { params: { id: board.id }, body: { name } },
          {
            onSuccess: ({ id }) => {
              toast(words('boards.copied'));
              onClose();
              void navigate(`/know/boards/${id}`);
            },
          },
        )
      }
    />
  );
}
