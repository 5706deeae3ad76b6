import { useSuspenseQuery } from '@tanstack/react-query';
import { boards, type ReplyOf } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { toast } from '../../lib/toast.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { NameDialog } from './name-dialog.tsx';
import '../../boards.css';

const list = q(boards.listBoards);
export const loader = () => client.fetchQuery(list);

type Board = ReplyOf<typeof boards.listBoards>['items'][number];

/** Cockpits of the house, my boards, and those that were shared with me. */
export function Page() {
  const words = useWords();
  const { data } = useSuspenseQuery(list);
  const [isMaking, setMaking] = useState(false);
  const mine = data.items.filter(({ isMine }) => isMine);
  const shared = data.items.filter(({ isMine, isHouse }) => !isMine && !isHouse);
  return (
    <div className="stack">
      <PageHead
        title={words('nav.boards')}
        module={words('wing.know')}
        about={words('boards.about')}
        actions={
          <MayButton need="boards.edit" type="primary" onClick={() => setMaking(true)}>
            {words('boards.create')}
          </MayButton>
        }
      />
      <Cockpits items={data.items.filter(({ isHouse }) => isHouse)} />
      <Boards title={words('boards.mine')} items={mine} empty={words('boards.noneMine')} />
      <Boards title={words('boards.shared')} items={shared} empty={words('boards.noneShared')} />
      {isMaking && <CreateDialog onClose={() => setMaking(false)} />}
    </div>
  );
}

function Cockpits({ items }: { items: readonly Board[] }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <section aria-labelledby="cockpits">
      <h2 id="cockpits">{words('boards.cockpits')}</h2>
      <p className="second">{words('boards.cockpitsAbout')}</p>
      <ul className="cockpits">
        {items.map((board) => (
          <li key={board.id} className="card">
            <Link to={`/know/boards/${board.id}`}>{say(board.name, language)}</Link>
            <p className="second">{board.role && words(`boards.cockpit.${board.role}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const columns: readonly Column<Board>[] = [
  { key: 'name', title: 'boards.name', show: (board, { f }) => say(board.name, f.language) },
  { key: 'owner', title: 'boards.owner', show: (board) => board.ownerName ?? '—', card: 'second' },
  {
    key: 'shared',
    title: 'boards.seenBy',
    show: (board, { words }) => words(board.isShared ? 'boards.byAll' : 'boards.byMe'),
    card: 'status',
  },
  { key: 'tiles', title: 'boards.tiles', isNumber: true, show: (board, { f }) => f.count(board.tiles), card: 'right' },
  {
    key: 'changed',
    title: 'boards.changed',
    isTight: true,
    show: (board, { f }) => f.instant(board.changedAt),
    card: 'second',
  },
];

function Boards({ title, items, empty }: { title: string; items: readonly Board[]; empty: string }) {
  const isNarrow = useNarrow(992);
  const List = isNarrow ? CardList : DataTable;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {items.length === 0 ? (
        <div className="empty">
          <p>{empty}</p>
        </div>
      ) : (
        <List<Board>
          caption={title}
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
          href={({ id }) => `/know/boards/${id}`}
        />
      )}
    </section>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const create = useSend(boards.createBoard, [boards.listBoards]);
  return (
    <NameDialog
      title={words('boards.create')}
      act={words('boards.create')}
      initial={{ name: undefined, isShared: false }}
      asksShared
      isBusy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={(named) =>
        create.mutate(
          { body: { ...named, bar: {}, tiles: [] } },
          {
            onSuccess: ({ id }) => {
              toast(words('boards.created'));
              void navigate(`/know/boards/${id}`);
            },
          },
        )
      }
    />
  );
}
