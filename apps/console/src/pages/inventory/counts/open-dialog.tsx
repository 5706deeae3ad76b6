import { useQuery } from '@tanstack/react-query';
import { type BodyOf, counts, warehouse } from '@tongshang/contract';
import { Form, Input, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';
import { q, useSend } from '../../../lib/api.ts';
import { useWords } from '../../../lib/language.ts';
import { useRested } from '../../../lib/rested.ts';
import { useMay, useSession } from '../../../lib/session.ts';
import { toast } from '../../../lib/toast.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { usePlaceOptions } from '../../../parts/place-choice.tsx';
import { refreshed } from './count-query.ts';

interface OpenForm {
  location: string;
  what: 'all' | 'skus' | 'bins';
  skus?: string[];
  bins?: string;
  note?: string;
}

/** A sheet of a whole place, of some SKUs, or of the bins that begin alike. */
export function OpenDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const { location: own } = useSession();
  const mayBins = useMay()('warehouse.view');
  const places = usePlaceOptions();
  const [form] = Form.useForm<OpenForm>();
  const what = Form.useWatch('what', form);
  const place = Form.useWatch('location', form);
  const prefix = useRested((Form.useWatch('bins', form) ?? '').trim().toUpperCase());
  const found = useQuery({
    ...q(warehouse.listBins, { query: { location: place ?? '', search: prefix, limit: 200 } }),
    enabled: what === 'bins' && Boolean(place) && prefix !== '',
  });
  const items = found.data?.items.filter(({ bin }) => bin.startsWith(prefix)) ?? [];
  const open = useSend(counts.openCount, refreshed);
  const bodyOf = ({ location, skus, note }: OpenForm): BodyOf<typeof counts.openCount> => ({
    location,
    ...(note && { note }),
    ...(what === 'skus' && { items: (skus ?? []).map((sku) => ({ sku })) }),
    ...(what === 'bins' && { items: items.map(({ sku, bin }) => ({ sku, bin })) }),
  });
  return (
    <FormDialog<OpenForm>
      form={form}
      title={words('counts.open')}
      act={words('counts.openAct')}
      isOpen
      isBusy={open.isPending}
      error={open.error ?? found.error}
      initial={{ what: 'skus', ...(own !== null && { location: own }) }}
      onClose={onClose}
      onSubmit={(values) =>
        open.mutate(
          { body: bodyOf(values) },
          {
            onSuccess: (count) => {
              toast(words('counts.openedToast', { number: count.number }));
              void navigate(`/supply/counts/${count.id}`);
            },
          },
        )
      }
    >
      <Field name="location" label={words('place.label')}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
      </Field>
      <Field name="what" label={words('counts.what')}>
        <Radio.Group
          options={(['skus', ...(mayBins ? (['bins'] as const) : []), 'all'] as const).map((value) => ({
            value,
            label: words(`counts.what.${value}`),
          }))}
        />
      </Field>
      {what === 'skus' && (
        <Field name="skus" label={words('counts.skus')} help={words('counts.skusHelp')}>
          <Select mode="tags" tokenSeparators={[',', '，', ';', '\n', '\t', ' ']} open={false} suffixIcon={null} />
        </Field>
      )}
      {what === 'bins' && (
        <Field
          name="bins"
          label={words('counts.bins')}
          help={prefix === '' ? words('counts.binsHelp') : words('counts.binsFound', { lines: items.length })}
          rules={[
            {
              validator: () =>
                items.length > 0 || found.isFetching ? Promise.resolve() : Promise.reject(new Error(words('counts.binsNone'))),
            },
          ]}
        >
          <Input autoComplete="off" maxLength={20} />
        </Field>
      )}
      <Field name="note" label={words('counts.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}
