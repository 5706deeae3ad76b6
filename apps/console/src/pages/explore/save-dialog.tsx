import { useQuery } from '@tanstack/react-query';
import { boards } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { Checkbox, Form, Input, Select } from 'antd';
import { q, useSend } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { Keepable } from './saved-questions.tsx';

interface SaveForm {
  name: string;
  nameEn?: string;
  isShared?: boolean;
  board?: string;
}

/** Keeps what is asked under a name; who wishes puts it on one of their boards at once. */
export default function SaveDialog({ now, onClose }: { now: Keepable; onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const mayShare = useMay()('boards.share');
  const [form] = Form.useForm<SaveForm>();
  const save = useSend(boards.saveQuestion, [boards.listQuestions]);
  const put = useSend(boards.addTile, [boards.listBoards, boards.getBoard]);
  const { data } = useQuery(q(boards.listBoards));
  const own = (data?.items ?? []).filter(({ mayChange, isHouse }) => mayChange && !isHouse);
  const submit = async ({ name, nameEn, isShared = false, board }: SaveForm): Promise<void> => {
    const names = { zh: name.trim(), en: nameEn?.trim() || name.trim() };
    // Sent again after a board refused, the same question is not saved twice.
    const saved = save.data ?? (await save.mutateAsync({ body: { ...now, name: names, isShared } }));
    if (board === undefined) toast(words('explore.saved', { name: names.zh }));
    else {
      await put.mutateAsync({
        params: { id: board },
        body: { title: null, savedId: saved.id, question: null, chart: now.chart },
      });
      toast(words('explore.savedOnBoard', { name: names.zh }), { to: `/know/boards/${board}`, text: words('explore.openBoard') });
    }
    onClose();
  };
  return (
    <FormDialog<SaveForm>
      form={form}
      title={words('explore.saveTitle')}
      act={words('explore.saveAct')}
      isOpen
      isBusy={save.isPending || put.isPending}
      error={save.error ?? put.error}
      initial={{ name: '', isShared: false }}
      onClose={onClose}
      onSubmit={(values) => void submit(values).catch(() => undefined /* told in the dialog */)}
    >
      <p className="dialog-text second">{words('explore.saveText')}</p>
      <Field
        name="name"
        label={words('explore.saveName')}
        rules={[{ whitespace: true, message: words('form.missing', { name: words('explore.saveName') }) }]}
      >
        <Input maxLength={80} autoComplete="off" />
      </Field>
      <Field name="nameEn" label={words('explore.saveNameEn')} isOptional>
        <Input maxLength={80} autoComplete="off" />
      </Field>
      {own.length > 0 && (
        <Field name="board" label={words('explore.onBoard')} isOptional>
          <Select<string> allowClear options={own.map(({ id, name }) => ({ value: id, label: say(name, language) }))} />
        </Field>
      )}
      {mayShare && (
        <Form.Item name="isShared" valuePropName="checked" required>
          <Checkbox>{words('explore.shareQuestion')}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}
