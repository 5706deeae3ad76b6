import { views } from '@tongshang/contract';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useSend } from '../lib/api.ts';
import { useWords } from '../lib/language.ts';
import { type Layout, type SavedView, viewQuery } from '../lib/saved-views.ts';
import { useMay } from '../lib/session.ts';
import { toast } from '../lib/toast.ts';
import { FormDialog } from './dialog.tsx';
import { ErrorNote } from './error-state.tsx';
import { Field } from './form.tsx';

interface ViewForm {
  name: string;
  isShared: boolean;
  isOpening: boolean;
}

interface ViewDialogProps {
  page: string;
  url: URLSearchParams;
  /** The view to rename, share, delete; undefined: a new one of what is shown. */
  view: SavedView | undefined;
  layout: Layout | null;
  isOpening: boolean;
  onClose: () => void;
  /** Shows a view, or the list without one. */
  onShow: (view: SavedView | undefined) => void;
}

/** Names what a list shows; says who sees it and whether the list opens with it. */
export default function ViewDialog({ page, url, view, layout, isOpening, onClose, onShow }: ViewDialogProps) {
  const words = useWords();
  const mayShare = useMay()('views.share');
  const [form] = Form.useForm<ViewForm>();
  const [isSure, setSure] = useState(false);
  const refreshed = [views.listViews];
  const save = useSend(views.saveView, refreshed);
  const change = useSend(views.changeView, refreshed);
  const open = useSend(views.chooseDefaultView, refreshed);
  const remove = useSend(views.removeView, refreshed);
  const mayChange = view === undefined || view.isMine || mayShare;
  const done = (saved: SavedView, wish: boolean) => {
    if (wish !== (view !== undefined && isOpening)) open.mutate({ body: { page, viewId: wish ? saved.id : null } });
    if (view === undefined) onShow(saved);
    if (mayChange) toast(words('views.savedToast', { name: saved.name }));
    onClose();
  };
  const submit = ({ name, isShared, isOpening: wish }: ViewForm) => {
    const body = { name, isShared };
    if (view === undefined) {
      save.mutate({ body: { ...body, page, query: viewQuery(url), layout } }, { onSuccess: (saved) => done(saved, wish) });
    } else if (mayChange) {
      const { id, query, layout: kept, version } = view;
      change.mutate(
        { params: { id }, body: { ...body, query, layout: kept, version } },
        { onSuccess: (saved) => done(saved, wish) },
      );
    } else done(view, wish);
  };
  return (
    <FormDialog<ViewForm>
      form={form}
      title={view === undefined ? words('views.newTitle') : words('views.editTitle', { name: view.name })}
      act={words(view === undefined ? 'views.newAct' : 'views.editAct')}
      isOpen
      isBusy={save.isPending || change.isPending}
      error={save.error ?? change.error}
      initial={{ name: view?.name ?? '', isShared: view?.isShared ?? false, isOpening: view !== undefined && isOpening }}
      onClose={onClose}
      onSubmit={submit}
    >
      {view === undefined && <p className="dialog-text second">{words('views.newText')}</p>}
      <Field name="name" label={words('views.name')}>
        <Input maxLength={40} autoComplete="off" disabled={!mayChange} />
      </Field>
      <Form.Item
        name="isShared"
        valuePropName="checked"
        required
        extra={mayShare ? words('views.sharedHelp') : words('views.shareRight')}
      >
        <Checkbox disabled={!mayShare || !mayChange}>{words('views.shared')}</Checkbox>
      </Form.Item>
      <Form.Item name="isOpening" valuePropName="checked" required>
        <Checkbox>{words('views.opening')}</Checkbox>
      </Form.Item>
      {view !== undefined && mayChange && (
        <div className="row">
          {isSure && <span>{words('views.deleteSure', { name: view.name })}</span>}
          <Button
            danger
            loading={remove.isPending}
            onClick={() => {
              if (!isSure) setSure(true);
              else
                remove.mutate(
                  { params: { id: view.id } },
                  {
                    onSuccess: () => {
                      onShow(undefined);
                      toast(words('views.deletedToast', { name: view.name }));
                      onClose();
                    },
                  },
                );
            }}
          >
            {words(isSure ? 'views.deleteAct' : 'views.delete')}
          </Button>
          <ErrorNote error={remove.error} />
        </div>
      )}
    </FormDialog>
  );
}
