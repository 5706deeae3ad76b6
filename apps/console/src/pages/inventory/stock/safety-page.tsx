import { lots } from '@tongshang/contract';
import { Form, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { LoaderFunctionArgs } from 'react-router';
import { client, q, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import type { Column } from '../../../parts/data-table.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { Field } from '../../../parts/form.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { readPlaces, usePlaceOptions } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { skuColumn } from '../../../parts/sku-column.tsx';
import { StockSkuSelect } from '../../../parts/stock-sku-select.tsx';
import { useOpenDialog } from '../../../parts/use-open-dialog.ts';
import { ChannelRules } from './channel-rules.tsx';
import { StockTabs } from './stock-tabs.tsx';

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(lots.listSafetyStock)(args), client.ensureQueryData(q(lots.listChannelRules)), readPlaces()]);
  return null;
};

type SafetyStock = RowOf<typeof lots.listSafetyStock>;

const columns: readonly Column<SafetyStock>[] = [
  skuColumn(),
  { key: 'location', title: 'stock.location', show: (one) => one.location, card: 'second' },
  {
    key: 'units',
    title: 'safety.units',
    isNumber: true,
    show: (one, { f }) => <strong>{f.count(one.units)}</strong>,
    text: (one) => String(one.units),
    card: 'right',
  },
  { key: 'onHand', title: 'stock.onHand', isNumber: true, show: (one, { f }) => f.count(one.onHand) },
  { key: 'available', title: 'stock.available', isNumber: true, show: (one, { f }) => f.count(one.available), card: 'second' },
  {
    key: 'by',
    title: 'earmarks.changedBy',
    show: (one, { f }) => (one.changedBy === null ? '—' : `${one.changedBy} · ${f.instant(one.changedAt)}`),
  },
];

/** What a place keeps back from every channel, SKU by SKU; below, what each channel asks of stock on top of it. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('new');
  const [edit, setEdit] = useState<SafetyStock>();
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'safety.search' },
    { kind: 'list', name: 'location', label: 'stock.location', options: usePlaceOptions() },
  ];
  const add = (
    <MayButton need="inventory.adjust" type="primary" onClick={() => setOpen(true)}>
      {words('safety.add')}
    </MayButton>
  );
  return (
    <div className="stack">
      <QueryList
        endpoint={lots.listSafetyStock}
        title={words('stock.tabSafety')}
        head={
          <>
            <PageHead title={words('stock.tabSafety')} module={words('nav.stock')} about={words('safety.about')} actions={add} />
            <StockTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => `${one.sku} ${one.location}`}
        href={(one) => `/supply/stock/${encodeURIComponent(one.sku)}?location=${encodeURIComponent(one.location)}`}
        rowActions={(one) => (
          <MayButton
            need="inventory.adjust"
            size="small"
            aria-label={words('safety.changeOf', { sku: one.sku, location: one.location })}
            onClick={() => setEdit(one)}
          >
            {words('safety.change')}
          </MayButton>
        )}
        empty={{ sentence: words('safety.empty'), action: add }}
      />
      <ChannelRules />
      {(isOpen || edit) && (
        <SafetyDialog
          row={edit}
          onClose={() => {
            setOpen(false);
            setEdit(undefined);
          }}
        />
      )}
    </div>
  );
}

interface SafetyForm {
  location: string;
  sku: string;
  units: number;
}

function SafetyDialog({ row, onClose }: { row: SafetyStock | undefined; onClose: () => void }) {
  const words = useWords();
  const { count } = useFormat();
  const places = usePlaceOptions();
  const [form] = Form.useForm<SafetyForm>();
  const location = Form.useWatch('location', form);
  const save = useSend(lots.setSafetyStock, [lots.listSafetyStock, lots.listAvailability]);
  const submit = (values: SafetyForm) =>
    save.mutate(
      { body: { sku: row?.sku ?? values.sku, location: row?.location ?? values.location, units: values.units } },
      {
        onSuccess: ({ sku, location: at, units }) => {
          toast(
            units === 0
              ? words('safety.endedToast', { sku, location: at })
              : words('safety.savedToast', { sku, location: at, units: count(units) }),
          );
          onClose();
        },
      },
    );
  return (
    <FormDialog<SafetyForm>
      form={form}
      title={row ? words('safety.changeTitle', { sku: row.sku, location: row.location }) : words('safety.add')}
      act={words('safety.save')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={row ? { units: row.units } : {}}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="dialog-text">
        {row
          ? words('safety.changeText', { onHand: count(row.onHand), available: count(row.available) })
          : words('safety.addText')}
      </p>
      {row === undefined && (
        <>
          <Field name="location" label={words('stock.location')}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
          </Field>
          <Field name="sku" label={words('stock.sku')}>
            <StockSkuSelect location={location} />
          </Field>
        </>
      )}
      <Field name="units" label={words('safety.units')} help={words('safety.unitsHelp')}>
        <InputNumber min={0} max={1_000_000} precision={0} />
      </Field>
    </FormDialog>
  );
}
