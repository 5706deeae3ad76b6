import { useSuspenseQuery } from '@tanstack/react-query';
import { collection, type ReplyOf } from '@tongshang/contract';
import { channels, sourceKinds } from '@tongshang/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { client, q, useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { toast } from '../../lib/toast.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { EventTabs } from './event-tabs.tsx';
import { SourceDialog } from './source-dialog.tsx';

const sources = q(collection.listSources);
export const loader = () => client.ensureQueryData(sources);

type Source = ReplyOf<typeof collection.listSources>['items'][number];

const active = { tone: 'good', zh: '在用', en: 'Active' } as const;
const closed = { tone: 'neutral', zh: '已停用', en: 'Closed' } as const;

const columns: readonly Column<Source>[] = [
  { key: 'name', title: 'sources.name', show: (source) => source.name },
  { key: 'channel', title: 'sources.channel', show: (source, { term }) => term(channels, source.channel), card: 'second' },
  { key: 'kind', title: 'sources.kind', show: (source, { term }) => term(sourceKinds, source.kind), card: 'second' },
  { key: 'key', title: 'sources.key', show: (source) => <WriteKey source={source} />, card: 'second' },
  { key: 'since', title: 'sources.since', isTight: true, show: (source, { f }) => f.instant(source.createdAt) },
  {
    key: 'state',
    title: 'events.state',
    show: (source) => <StatusTag status={source.isActive ? active : closed} code="" />,
    card: 'status',
  },
];

/** A browser's key is public; a server's is shown only on asking, who looks over a shoulder need not read it. */
function WriteKey({ source: { writeKey, name, kind } }: { source: Source }) {
  const words = useWords();
  const [isShown, setShown] = useState(kind === 'browser');
  const copy = () =>
    void navigator.clipboard.writeText(writeKey).then(
      () => toast(words('sources.copiedToast', { name })),
      () => {
        setShown(true);
        toast(words('sources.copyFailed'));
      },
    );
  return (
    <span className="row">
      <code className="key-text">{isShown ? writeKey : `${writeKey.slice(0, 14)}…`}</code>
      {!isShown && (
        <Button size="small" type="link" aria-label={words('sources.showOf', { name })} onClick={() => setShown(true)}>
          {words('sources.show')}
        </Button>
      )}
      <Button size="small" type="link" aria-label={words('sources.copyOf', { name })} onClick={copy}>
        {words('sources.copy')}
      </Button>
    </span>
  );
}

/** Who may send behaviour events, and under which key. */
export function Page() {
  const words = useWords();
  const isNarrow = useNarrow(992);
  const { data } = useSuspenseQuery(sources);
  const [isAdding, setAdding] = useState(false);
  const [closing, setClosing] = useState<Source>();
  const List = isNarrow ? CardList : DataTable;
  const add = (
    <MayButton need="collection.edit" type="primary" onClick={() => setAdding(true)}>
      {words('sources.add')}
    </MayButton>
  );
  return (
    <div>
      <PageHead title={words('events.tabSources')} module={words('nav.events')} about={words('sources.about')} actions={add} />
      <EventTabs />
      <div className="card">
        {data.items.length === 0 ? (
          <div className="empty">
            <p>{words('sources.empty')}</p>
          </div>
        ) : (
          <List<Source>
            caption={words('events.tabSources')}
            columns={columns}
            rows={data.items}
            rowKey={(source) => source.writeKey}
            rowActions={(source) =>
              source.isActive && (
                <MayButton
                  need="collection.edit"
                  size="small"
                  type="link"
                  danger
                  aria-label={words('sources.closeOf', { name: source.name })}
                  onClick={() => setClosing(source)}
                >
                  {words('sources.close')}
                </MayButton>
              )
            }
          />
        )}
      </div>
      {isAdding && <SourceDialog onClose={() => setAdding(false)} />}
      {closing && <CloseDialog source={closing} onClose={() => setClosing(undefined)} />}
    </div>
  );
}

function CloseDialog({ source: { writeKey, name }, onClose }: { source: Source; onClose: () => void }) {
  const words = useWords();
  const close = useSend(collection.closeSource, [collection.listSources]);
  return (
    <Dialog
      title={words('sources.closeTitle', { name })}
      act={words('sources.closeAct')}
      isOpen
      isDanger
      isBusy={close.isPending}
      error={close.error}
      onClose={onClose}
      onAct={() =>
        close.mutate({ params: { writeKey } }, { onSuccess: () => (toast(words('sources.closedToast', { name })), onClose()) })
      }
    >
      {writeKey === collection.shopWriteKey && <p className="notice">{words('sources.closeOwn')}</p>}
      <p>{words('sources.closeText')}</p>
    </Dialog>
  );
}
