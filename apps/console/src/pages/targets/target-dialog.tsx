import { useQuery } from '@tanstack/react-query';
import { catalog, inventory, type metrics, type ReplyOf, targets } from '@tongshang/contract';
import { channels, say, typedUnits } from '@tongshang/ui';
import { Form, Input, InputNumber, Select } from 'antd';
import { q, useSend } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { useLanguage, useName, useTerm, useWords } from '../../lib/language.ts';
import { fromTyped, toTyped } from '../../lib/level.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';

type Progress = ReplyOf<typeof targets.getTargetProgress>['items'][number];
interface TargetForm {
  metric: (typeof metrics.metricNames)[number];
  channel?: string | null;
  store?: string | null;
  category?: string | null;
  value: number;
  note?: string;
}

/** Sets a month's target; the version before is kept and a colleague's newer one is not overwritten. */
export function TargetDialog({ month, progress, onClose }: { month: string; progress?: Progress; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const language = useLanguage();
  const { all, find, titleOf } = useDefinitions();
  const [form] = Form.useForm<TargetForm>();
  const set = useSend(targets.setTarget, [targets.getTargetProgress, targets.listTargets]);
  const stores = useQuery(q(inventory.listLocations));
  const categories = useQuery(q(catalog.listCategories));
  const target = progress?.target;
  const unit = find(Form.useWatch('metric', form) ?? target?.metric ?? '')?.unit ?? 'count';
  const submit = ({ metric, channel, store, category, value, note }: TargetForm) =>
    set.mutate(
      {
        body: {
          metric,
          scope: { ...(channel && { channel }), ...(store && { store }), ...(category && { category }) },
          period: target?.period ?? 'month',
          startsOn: target?.startsOn ?? `${month}-01`,
          value: fromTyped(unit, value),
          version: target?.version ?? 0,
          ...(note && { note }),
        },
      },
      { onSuccess: () => (toast(words('targets.savedToast', { metric: titleOf(metric) })), onClose()) },
    );
  return (
    <FormDialog<TargetForm>
      form={form}
      title={words(target ? 'targets.change' : 'targets.new')}
      act={words('targets.save')}
      isOpen
      isBusy={set.isPending}
      error={set.error}
      initial={target ? initialOf(target, toTyped(unit, target.value)) : { metric: 'net_sales' }}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field name="metric" label={words('targets.metric')}>
        <Select
          disabled={target !== undefined}
          showSearch={{ optionFilterProp: 'label' }}
          options={all.map((one) => ({ value: one.name, label: titleOf(one.name) }))}
        />
      </Field>
      <div className="field-pair">
        <Field name="channel" label={words('targets.channel')} isOptional>
          <Select
            allowClear
            disabled={target !== undefined}
            options={Object.keys(channels).map((value) => ({ value, label: term(channels, value) }))}
          />
        </Field>
        <Field name="store" label={words('targets.store')} isOptional>
          <Select
            allowClear
            disabled={target !== undefined}
            options={
              stores.data?.items.filter((one) => one.kind === 'store').map((one) => ({ value: one.code, label: name(one) })) ?? []
            }
          />
        </Field>
        <Field name="category" label={words('targets.category')} isOptional>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            disabled={target !== undefined}
            options={categories.data?.items.map((one) => ({ value: one.code, label: name(one) })) ?? []}
          />
        </Field>
        <Field name="value" label={words('targets.value')}>
          <InputNumber min={0} suffix={say(typedUnits[unit], language)} />
        </Field>
      </div>
      <Field name="note" label={words('targets.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}

function initialOf(target: Progress['target'], value: number): Partial<TargetForm> {
  const { channel = null, store = null, category = null } = target.scope;
  return { metric: target.metric as TargetForm['metric'], channel, store, category, value, note: target.note ?? '' };
}
