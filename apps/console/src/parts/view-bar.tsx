import { views } from '@tongshang/contract';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useSend } from '../lib/api.ts';
import { useWords } from '../lib/language.ts';
import { filtersIn } from '../lib/list-url.ts';
import { clearedUrl, type SavedView, urlOfView, viewQuery } from '../lib/saved-views.ts';
import { useMay } from '../lib/session.ts';
import { toast } from '../lib/toast.ts';
import { ErrorNote } from './error-state.tsx';
import type { ListViews } from './use-views.ts';

const ViewDialog = lazy(() => import('./view-dialog.tsx'));

interface ViewBarProps {
  page: string;
  url: URLSearchParams;
  views: ListViews;
  onChange: (url: URLSearchParams, how: 'push') => void;
  /** The list's tools, at the end of the row. */
  children?: ReactNode;
}

/** Saved views as tabs: all, mine, shared. A dot says that what is shown is no longer what was saved. */
export function ViewBar({ page, url, views: { saved, all, current, isChanged, own }, onChange, children }: ViewBarProps) {
  const words = useWords();
  const mayShare = useMay()('views.share');
  const [dialog, setDialog] = useState<'new' | 'edit' | undefined>();
  const save = useSend(views.changeView, [views.listViews]);
  const forget = useSend(views.putLayout, [views.listViews]);
  const mayChange = current !== undefined && (current.isMine || mayShare);
  const forgetOwn = (viewId: string) => own && forget.mutate({ body: { page, viewId, layout: null } });
  const keep = (view: SavedView) =>
    save.mutate(
      {
        params: { id: view.id },
        body: {
          name: view.name,
          isShared: view.isShared,
          version: view.version,
          query: viewQuery(url),
          layout: own ?? view.layout,
        },
      },
      {
        onSuccess: () => {
          forgetOwn(view.id);
          toast(words('views.savedToast', { name: view.name }));
        },
      },
    );
  const cleared = clearedUrl(saved, page).toString();
  const sorted = [...all.filter(({ isMine }) => isMine), ...all.filter(({ isMine }) => !isMine)];
  return (
    <div className="view-bar">
      <nav aria-label={words('views.title')} data-views>
        <ul>
          <li>
            <Link to={`?${cleared}`} {...(current === undefined && { 'aria-current': 'true' as const })}>
              {words('list.all')}
            </Link>
          </li>
          {sorted.map((view) => (
            <li key={view.id}>
              <Link to={`?${urlOfView(view)}`} {...(view.id === current?.id && { 'aria-current': 'true' as const })}>
                {view.name}
                {!view.isMine && <span className="third"> {words('views.by', { name: view.ownerName })}</span>}
                {view.id === current?.id && isChanged && (
                  <span className="changed-dot" role="img" aria-label={words('views.changed')} />
                )}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="row view-acts">
        {current !== undefined && isChanged && mayChange && (
          <Button type="link" size="small" loading={save.isPending} onClick={() => keep(current)}>
            {words('views.save')}
          </Button>
        )}
        {current !== undefined && isChanged && (
          <Button
            type="link"
            size="small"
            onClick={() => {
              forgetOwn(current.id);
              onChange(new URLSearchParams(urlOfView(current)), 'push');
            }}
          >
            {words('views.restore')}
          </Button>
        )}
        {(isChanged || (current === undefined && (filtersIn(url).length > 0 || own !== undefined))) && (
          <Button type="link" size="small" onClick={() => setDialog('new')}>
            {words('views.saveAs')}
          </Button>
        )}
        {current !== undefined && (
          <Button type="link" size="small" onClick={() => setDialog('edit')}>
            {words('views.settings')}
          </Button>
        )}
      </div>
      <span className="spring" />
      {children}
      <ErrorNote error={save.error ?? forget.error} />
      {dialog && (
        <Suspense>
          <ViewDialog
            key={dialog}
            page={page}
            url={url}
            view={dialog === 'edit' ? current : undefined}
            layout={own ?? current?.layout ?? null}
            isOpening={saved.defaults.some((one) => one.page === page && one.viewId === current?.id)}
            onClose={() => setDialog(undefined)}
            onShow={(view) => onChange(new URLSearchParams(view ? urlOfView(view) : cleared), 'push')}
          />
        </Suspense>
      )}
    </div>
  );
}
