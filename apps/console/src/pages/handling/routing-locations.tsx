import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { customers, delivery, type ReplyOf, routing } from '@tongshang/contract';
import { storages } from '@tongshang/ui';
import { Checkbox, Form, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { q, useSend } from '../../lib/api.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';

type Place = ReplyOf<typeof routing.listRoutingLocations>['items'][number];

const columns: readonly Column<Place>[] = [
  { key: 'location', title: 'stock.location', show: (place, { name }) => name(place) },
  {
    key: 'ships',
    title: 'routing.shipsOnline',
    card: 'status',
    show: (place, { words }) => words(place.shipsOnline ? 'routing.yes' : 'routing.no'),
  },
  {
    key: 'capacity',
    title: 'routing.capacity',
    isNumber: true,
    card: 'right',
    show: ({ dailyCapacity, usedToday }, { words, f }) =>
      dailyCapacity === null
        ? words('routing.noLimit', { used: f.count(usedToday) })
        : words('routing.used', { used: f.count(usedToday), capacity: f.count(dailyCapacity) }),
  },
  { key: 'priority', title: 'routing.priority', isNumber: true, show: ({ priority }, { f }) => f.count(priority) },
  {
    key: 'storages',
    title: 'routing.storages',
    card: 'second',
    show: (place, { term }) => place.storages.map((one) => term(storages, one)).join(' · '),
  },
];

/** What routing knows of each place: whether it sends, how much a day, how cold it can keep. */
export function RoutingLocations() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(q(routing.listRoutingLocations));
  const [edited, setEdited] = useState<Place>();
  return (
    <Section title={words('routing.places')}>
      <DataTable
        caption={words('routing.places')}
        columns={columns}
        rows={data.items}
        rowKey={(place) => place.location}
        rowActions={(place) => (
          <MayButton
            need="routing.edit"
            size="small"
            aria-label={words('routing.editPlace', { name: name(place) })}
            onClick={() => setEdited(place)}
          >
            {words('routing.edit')}
          </MayButton>
        )}
      />
      {edited && <PlaceDialog place={edited} onClose={() => setEdited(undefined)} />}
    </Section>
  );
}

type PlaceForm = Pick<Place, 'shipsOnline' | 'dailyCapacity' | 'priority' | 'province' | 'storages'>;

function PlaceDialog({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const [form] = Form.useForm<PlaceForm>();
  const provinces = useQuery(q(customers.listDivisions));
  const save = useSend(routing.saveRoutingLocation, [routing.listRoutingLocations]);
  return (
    <FormDialog<PlaceForm>
      form={form}
      title={words('routing.editPlace', { name: name(place) })}
      act={words('form.save')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={place}
      onClose={onClose}
      onSubmit={({ shipsOnline, dailyCapacity, priority, province, storages: kept }) =>
        save.mutate(
          {
            params: { location: place.location },
            body: { shipsOnline, dailyCapacity: dailyCapacity ?? null, priority, province: province ?? null, storages: kept },
          },
          { onSuccess: () => (toast(words('routing.placeSaved', { name: name(place) })), onClose()) },
        )
      }
    >
      <Form.Item name="shipsOnline" label={words('routing.shipsOnline')} valuePropName="checked">
        <Switch aria-label={words('routing.shipsOnline')} />
      </Form.Item>
      <Field name="dailyCapacity" label={words('routing.capacity')} isOptional help={words('routing.capacityHelp')}>
        <InputNumber min={0} precision={0} />
      </Field>
      <Field name="priority" label={words('routing.priority')} help={words('routing.priorityHelp')}>
        <InputNumber precision={0} />
      </Field>
      <Field name="province" label={words('routing.province')} isOptional help={words('routing.provinceHelp')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={provinces.data?.items.map(({ code, name: province }) => ({ value: code, label: province })) ?? []}
        />
      </Field>
      <Field name="storages" label={words('routing.storages')}>
        <Checkbox.Group options={delivery.storages.map((value) => ({ value, label: term(storages, value) }))} />
      </Field>
    </FormDialog>
  );
}
