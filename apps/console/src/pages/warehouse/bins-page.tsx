import { warehouse } from '@tongshang/contract';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { type LoaderFunctionArgs, redirect } from 'react-router';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { readSession } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import type { Column } from '../../parts/data-table.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { placeFrom, readPlaces, usePlace } from '../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StockSkuSelect } from '../../parts/stock-sku-select.tsx';
import { FloorTabs } from './floor-tabs.tsx';

/** Bins belong to a location: an address that names none is given one. */
export const loader = async (args: LoaderFunctionArgs) => {
  const [places, session] = await Promise.all([readPlaces(), readSession()]);
  const url = new URL(args.request.url);
  const place = placeFrom(url.searchParams, session?.location ?? null, places.items);
  if (url.searchParams.get('location') !== place) {
    url.searchParams.set('location', place);
    throw redirect(`${url.pathname}?${url.searchParams}`);
  }
  return listLoader(warehouse.listBins)(args);
};

type Bin = RowOf<typeof warehouse.listBins>;

const columns: readonly Column<Bin>[] = [
  { key: 'bin', title: 'floor.bin', show: (one) => one.bin },
  {
    key: 'sku',
    title: 'floor.item',
    show: (one, { name }) => (
      <>
        <code>{one.sku}</code> {name(one)}
      </>
    ),
    text: (one, { name }) => `${one.sku} ${name(one)}`,
    card: 'second',
  },
];

const filters: readonly Filter[] = [{ kind: 'search', name: 'search', label: 'bins.search' }];

/** Where each SKU lies at a location; pick lists walk in this order. */
export function Page() {
  const words = useWords();
  const { place, choice } = usePlace();
  const [edit, setEdit] = useState<{ sku: string; bin: string } | undefined>();
  const add = (
    <MayButton need="warehouse.manage" type="primary" onClick={() => setEdit({ sku: '', bin: '' })}>
      {words('bins.add')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={warehouse.listBins}
        title={words('bins.title')}
        head={
          <>
            <PageHead
              title={words('bins.title')}
              module={words('nav.floorBoard')}
              about={words('bins.about')}
              actions={
                <>
                  {choice}
                  {add}
                </>
              }
            />
            <FloorTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => `${one.sku} ${one.bin}`}
        rowActions={(one) => (
          <Button
            size="small"
            type="link"
            aria-label={words('bins.changeOf', { sku: one.sku })}
            onClick={() => setEdit({ sku: one.sku, bin: one.bin })}
          >
            {words('bins.change')}
          </Button>
        )}
        empty={{ sentence: words('bins.empty'), action: add }}
      />
      {edit && <BinDialog place={place} edit={edit} onClose={() => setEdit(undefined)} />}
    </>
  );
}

interface BinForm {
  sku: string;
  bin?: string;
}

function BinDialog({ place, edit, onClose }: { place: string; edit: { sku: string; bin: string }; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<BinForm>();
  const save = useSend(warehouse.setBins, [warehouse.listBins, warehouse.getFulfilment, warehouse.getPickList]);
  return (
    <FormDialog<BinForm>
      form={form}
      title={words(edit.sku === '' ? 'bins.addTitle' : 'bins.changeTitle', { sku: edit.sku, place })}
      act={words('bins.save')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={edit.sku === '' ? {} : edit}
      onClose={onClose}
      onSubmit={({ sku, bin }) =>
        save.mutate(
          { body: { location: place, bins: [{ sku: edit.sku || sku, bin: bin ? bin.trim().toUpperCase() : null }] } },
          {
            onSuccess: () => {
              toast(words('bins.savedToast', { sku: edit.sku || sku }));
              onClose();
            },
          },
        )
      }
    >
      {edit.sku === '' && (
        <Field name="sku" label={words('floor.item')}>
          <StockSkuSelect location={place} />
        </Field>
      )}
      <Field
        name="bin"
        label={words('floor.bin')}
        isOptional
        help={words('bins.help')}
        rules={[{ pattern: /^[A-Za-z0-9-]{0,20}$/, message: words('bins.wrong') }]}
      >
        <Input maxLength={20} autoComplete="off" />
      </Field>
    </FormDialog>
  );
}
