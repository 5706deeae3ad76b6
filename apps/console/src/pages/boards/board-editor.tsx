import { boards, RefusedError } from '@tongshang/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useNavigate } from 'react-router';
import { client, forget, q, useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import { settle } from './arrange.ts';
import { type Bar, sentBar } from './bar-url.ts';
import EditGrid from './edit-grid.tsx';
import { NameDialog } from './name-dialog.tsx';
import { TileDialog } from './tile-dialog.tsx';
import type { Live } from './use-tile.ts';

type Draft = Pick<boards.Board, 'name' | 'isShared' | 'tiles'>;

interface EditorProps {
  board: boards.Board;
  bar: Bar;
  live: Live;
  onDone: () => void;
}

/** Arranges a board; nothing is saved before it is said so, and what somebody else saved meanwhile is never overwritten. */
export default function BoardEditor({ board, bar, live, onDone }: EditorProps) {
  const words = useWords();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>({ name: board.name, isShared: board.isShared, tiles: board.tiles });
  const [tile, setTile] = useState<boards.Tile | 'new'>();
  const [asks, setAsks] = useState<'name' | 'remove'>();
  const [said, setSaid] = useState('');
  const save = useSend(boards.changeBoard, [boards.listBoards, boards.getBoard]);
  const saveAs = useSend(boards.createBoard, [boards.listBoards]);
  const body = { name: draft.name, isShared: draft.isShared, bar: sentBar(bar), tiles: draft.tiles.map(sentTile) };
  const isDirty =
    JSON.stringify(draft) !== JSON.stringify({ name: board.name, isShared: board.isShared, tiles: board.tiles }) ||
    JSON.stringify(sentBar(bar)) !== JSON.stringify(sentBar(board.bar));
  const isOvertaken = save.error instanceof RefusedError && save.error.code === 'board.changed';
  const done = (): void => {
    toast(words('boards.saved'));
    onDone();
  };
  const setTiles = (tiles: boards.Tile[]) => setDraft((now) => ({ ...now, tiles }));
  const putTile = (made: Omit<boards.Tile, 'id' | 'wide' | 'isOnWall'>): void => {
    if (tile === 'new' || tile === undefined) setTiles([...draft.tiles, newTile(made, draft.tiles)]);
    else setTiles(draft.tiles.map((one) => (one.id === tile.id ? { ...one, ...made } : one)));
    setTile(undefined);
  };
  return (
    <div className="board-editor">
      <div className="row board-tools">
        <Button type="primary" onClick={() => setTile('new')}>
          {words('boards.addTile')}
        </Button>
        <Button onClick={() => setAsks('name')}>{words('boards.rename')}</Button>
        <Button danger onClick={() => setAsks('remove')}>
          {words('boards.remove')}
        </Button>
        {!isDirty && <Button onClick={onDone}>{words('boards.stopArranging')}</Button>}
        <span className="third">{words('boards.arrangeHelp')}</span>
      </div>
      {!isOvertaken && <ErrorNote error={save.error} />}
      <EditGrid tiles={draft.tiles} bar={bar} live={live} onChange={setTiles} onEdit={setTile} onSay={setSaid} />
      <p className="hidden" role="status">
        {said}
      </p>
      <SaveBar
        isDirty={isDirty}
        isBusy={save.isPending}
        onDiscard={onDone}
        onSave={() => save.mutate({ params: { id: board.id }, body: { ...body, version: board.version } }, { onSuccess: done })}
      />
      {tile && <TileDialog tile={tile === 'new' ? undefined : tile} onClose={() => setTile(undefined)} onDone={putTile} />}
      {asks === 'name' && (
        <NameDialog
          title={words('boards.rename')}
          act={words('boards.setName')}
          initial={draft}
          asksShared
          isBusy={false}
          error={undefined}
          onClose={() => setAsks(undefined)}
          onSubmit={(named) => {
            setDraft({ ...draft, ...named });
            setAsks(undefined);
          }}
        />
      )}
      {asks === 'remove' && <RemoveDialog board={board} onGone={onDone} onClose={() => setAsks(undefined)} />}
      <Dialog
        title={words('boards.overtaken')}
        act={words('boards.saveAsNew')}
        wayOut={words('boards.openLatest')}
        isOpen={isOvertaken}
        isBusy={saveAs.isPending}
        error={saveAs.error}
        onClose={() => {
          save.reset();
          void forget(boards.getBoard).then(onDone);
        }}
        onAct={() =>
          saveAs.mutate(
            { body: { ...body, isShared: false, name: copyName(draft.name, (name) => words('boards.mineOf', { name })) } },
            {
              onSuccess: ({ id }) => {
                flushSync(onDone); // nothing is unsaved any more, so nothing holds the way out
                void navigate(`/know/boards/${id}`);
              },
            },
          )
        }
      >
        <ErrorNote error={save.error} />
      </Dialog>
    </div>
  );
}

const copyName = ({ zh, en }: Draft['name'], called: (name: string) => string) => ({ zh: called(zh), en: called(en) });

/** A saved question is sent by its id; the tile then shows what it says. */
const sentTile = ({ savedName: _, question, ...tile }: boards.Tile) => ({
  ...tile,
  question: tile.savedId === null ? question : null,
});

/** A new tile stands below the others and rises where there is room. */
function newTile(made: Omit<boards.Tile, 'id' | 'wide' | 'isOnWall'>, tiles: readonly boards.Tile[]): boards.Tile {
  const isFigure = made.question?.kind === 'metrics' && made.question.question.by.length === 0;
  const y = Math.max(0, ...tiles.map(({ wide }) => wide.y + wide.h));
  const id = crypto.randomUUID();
  const tile = { ...made, id, isOnWall: true, wide: { x: 0, y, w: isFigure ? 3 : 6, h: isFigure ? 2 : 4 } };
  return settle([...tiles, tile]).find((one) => one.id === id) ?? tile;
}

function RemoveDialog({ board, onGone, onClose }: { board: boards.Board; onGone: () => void; onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const remove = useSend(boards.removeBoard, [boards.listBoards]);
  return (
    <Dialog
      title={words('boards.removeTitle', { name: board.name.zh })}
      act={words('boards.remove')}
      isOpen
      isDanger
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onAct={() =>
        remove.mutate(
          { params: { id: board.id } },
          {
            onSuccess: () => {
              flushSync(onGone);
              client.removeQueries(q(boards.getBoard, { params: { id: board.id } }));
              void navigate('/know/boards');
            },
          },
        )
      }
    >
      <p>{words('boards.removeText')}</p>
    </Dialog>
  );
}
