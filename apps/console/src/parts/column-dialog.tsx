import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { views } from '@tongshang/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useSend } from '../lib/api.ts';
import { useWords } from '../lib/language.ts';
import type { Layout } from '../lib/saved-views.ts';
import type { WordKey } from '../words/keys.ts';
import { Dialog } from './dialog.tsx';

interface LaidColumn {
  key: string;
  title: WordKey;
  isHidden: boolean;
}

interface ColumnDialogProps {
  page: string;
  viewId: string | null;
  /** As they stand now, the first one included. */
  columns: readonly LaidColumn[];
  density: Layout['density'];
  /** Whether there is something of one's own to forget. */
  isOwn: boolean;
  onClose: () => void;
}

const densities = ['compact', 'standard', 'wide'] as const;

/** Which columns show, in which order, how high the rows are: kept on the server for this person; resetting leaves nothing behind. */
export default function ColumnDialog({ page, viewId, columns, density, isOwn, onClose }: ColumnDialogProps) {
  const words = useWords();
  const [laid, setLaid] = useState(columns);
  const [rows, setRows] = useState(density);
  const put = useSend(views.putLayout, [views.listViews]);
  const send = (layout: Layout | null) => put.mutate({ body: { page, viewId, layout } }, { onSuccess: onClose });
  const move = (at: number, step: 1 | -1) =>
    setLaid((now) => {
      const next = [...now];
      const [one] = next.splice(at, 1);
      if (one) next.splice(at + step, 0, one);
      return next;
    });
  const onKey = (event: React.KeyboardEvent, at: number) => {
    const step = event.altKey && (event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0);
    if (!step || at + step < 1 || at + step >= laid.length) return;
    event.preventDefault();
    move(at, step);
  };
  return (
    <Dialog
      title={words('columns.title')}
      act={words('columns.act')}
      isOpen
      isBusy={put.isPending}
      error={put.error}
      onClose={onClose}
      onAct={() => send({ columns: laid.map(({ key, isHidden }) => ({ key, isHidden })), density: rows })}
    >
      <p className="second dialog-text">{words('columns.about')}</p>
      <ol className="column-list">
        {laid.map(({ key, title, isHidden }, at) => (
          <li key={key}>
            <label>
              <input
                type="checkbox"
                checked={!isHidden}
                disabled={at === 0}
                onKeyDown={(event) => onKey(event, at)}
                onChange={(event) =>
                  setLaid((now) => now.map((one) => (one.key === key ? { ...one, isHidden: !event.target.checked } : one)))
                }
              />
              {words(title)}
              {at === 0 && <span className="third"> {words('columns.fixed')}</span>}
            </label>
            {at > 0 && (
              <span className="row column-moves">
                <Button
                  type="text"
                  size="small"
                  aria-label={words('columns.up', { name: words(title) })}
                  disabled={at === 1}
                  icon={<ArrowUpOutlined aria-hidden="true" />}
                  onClick={() => move(at, -1)}
                />
                <Button
                  type="text"
                  size="small"
                  aria-label={words('columns.down', { name: words(title) })}
                  disabled={at === laid.length - 1}
                  icon={<ArrowDownOutlined aria-hidden="true" />}
                  onClick={() => move(at, 1)}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      <fieldset className="plain-set">
        <legend>{words('density.title')}</legend>
        <div className="row radio-row">
          {[null, ...densities].map((one) => (
            <label key={one ?? ''}>
              <input type="radio" name="list-density" checked={rows === one} onChange={() => setRows(one)} />{' '}
              {one === null ? words('columns.asElsewhere') : words(`density.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <Button type="link" disabled={!isOwn} loading={put.isPending} onClick={() => send(null)}>
        {words('columns.reset')}
      </Button>
    </Dialog>
  );
}
