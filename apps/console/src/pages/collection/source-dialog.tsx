import { type BodyOf, collection } from '@tongshang/contract';
import { channels } from '@tongshang/ui';
import { Form, Input, Radio, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';

type SourceForm = BodyOf<typeof collection.addSource>;

/** Lets somebody send behaviour events; the list then shows their key. */
export function SourceDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const [form] = Form.useForm<SourceForm>();
  const add = useSend(collection.addSource, [collection.listSources]);
  return (
    <FormDialog<SourceForm>
      form={form}
      title={words('sources.add')}
      act={words('sources.addAct')}
      isOpen
      isBusy={add.isPending}
      error={add.error}
      initial={{ kind: 'browser' }}
      onClose={onClose}
      onSubmit={(body) =>
        add.mutate({ body }, { onSuccess: ({ name }) => (toast(words('sources.addedToast', { name })), onClose()) })
      }
    >
      <Field name="name" label={words('sources.name')} help={words('sources.nameHelp')}>
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="channel" label={words('sources.channel')}>
        <Select options={Object.keys(channels).map((value) => ({ value, label: term(channels, value) }))} />
      </Field>
      <Field name="kind" label={words('sources.kind')}>
        <Radio.Group
          className="reason-list"
          options={[
            { value: 'browser', label: words('sources.kindBrowser') },
            { value: 'server', label: words('sources.kindServer') },
          ]}
        />
      </Field>
    </FormDialog>
  );
}
