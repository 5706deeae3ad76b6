import { useQuery } from '@tanstack/react-query';
import { customers, type ReplyOf } from '@tongshang/contract';
import { formatPhone, parsePhone } from '@tongshang/ui';
import { Button, Form, type FormInstance, Input, Select } from 'antd';
import { useState } from 'react';
import { q, useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';

export interface RecipientForm {
  name: string;
  phone: string;
  province?: string;
  city?: string;
  district?: string;
  address: string;
}

type Known = Pick<ReplyOf<typeof customers.revealContact>['addresses'][number], 'districtCode' | 'detail'> & {
  name: string | null;
  phone: string | null;
};

/** Fills the fields from an address that is known or was taken apart; what it does not say stays as it is. */
function fill(form: FormInstance<RecipientForm>, { name, phone, districtCode, detail }: Known): void {
  form.setFieldsValue({
    ...(name !== null && { name }),
    ...(phone !== null && { phone }),
    ...(districtCode !== null && {
      province: `${districtCode.slice(0, 2)}0000`,
      city: `${districtCode.slice(0, 4)}00`,
      district: districtCode,
    }),
    ...(detail !== '' && { address: detail }),
  });
}

/** Whom a parcel goes to: pasted whole, taken from the customer's own addresses, or filled in with a cascade of divisions. */
export function RecipientFields({ form, customerId }: { form: FormInstance<RecipientForm>; customerId: string | undefined }) {
  const words = useWords();
  return (
    <>
      <PasteAddress onRead={(read) => fill(form, read)} />
      {customerId !== undefined && <KnownAddresses key={customerId} id={customerId} onChoose={(known) => fill(form, known)} />}
      <div className="field-pair">
        <Field name="name" label={words('orders.name')}>
          <Input autoComplete="off" maxLength={50} />
        </Field>
        <Field
          name="phone"
          label={words('orders.phone')}
          rules={[
            {
              validator: (_, text: string | undefined) =>
                !text || parsePhone(text) !== undefined || /^\+?[0-9 -]{5,20}$/.test(text.trim())
                  ? Promise.resolve()
                  : Promise.reject(new Error(words('newOrder.phoneWrong'))),
            },
          ]}
        >
          <Input inputMode="tel" autoComplete="off" maxLength={20} />
        </Field>
      </div>
      <Divisions form={form} />
      <Field name="address" label={words('newOrder.street')}>
        <Input autoComplete="off" maxLength={200} />
      </Field>
    </>
  );
}

/** Province, city, district: each lists what lies below the one before it. */
function Divisions({ form }: { form: FormInstance<RecipientForm> }) {
  const words = useWords();
  const province = Form.useWatch('province', form);
  const city = Form.useWatch('city', form);
  const provinces = useDivisions('');
  const cities = useDivisions(province);
  const districts = useDivisions(city);
  const choice = (name: keyof RecipientForm, label: string, below: typeof provinces, clears: (keyof RecipientForm)[]) => (
    <Field name={name} label={label}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={below.data?.items.map((one) => ({ value: one.code, label: one.name })) ?? []}
        onChange={() => form.resetFields(clears)}
      />
    </Field>
  );
  return (
    <>
      <div className="field-triple">
        {choice('province', words('newOrder.province'), provinces, ['city', 'district'])}
        {choice('city', words('newOrder.city'), cities, ['district'])}
        {choice('district', words('newOrder.district'), districts, [])}
      </div>
      <ErrorNote error={provinces.error ?? cities.error ?? districts.error} />
    </>
  );
}

const useDivisions = (parent: string | undefined) =>
  useQuery({
    ...q(customers.listDivisions, parent ? { query: { parent } } : {}),
    enabled: parent !== undefined,
    staleTime: Infinity,
  });

/** The names of the chosen district with what it lies in, as an address writes them. */
export function useRegion(form: FormInstance<RecipientForm>): string {
  const province = Form.useWatch('province', form);
  const city = Form.useWatch('city', form);
  const district = Form.useWatch('district', form);
  const nameIn = (below: ReturnType<typeof useDivisions>, code: string | undefined) =>
    below.data?.items.find((one) => one.code === code)?.name ?? '';
  const names = [nameIn(useDivisions(''), province), nameIn(useDivisions(province), city), nameIn(useDivisions(city), district)];
  return names.filter((name, at) => name !== '' && names.indexOf(name) === at).join(' ');
}

function PasteAddress({ onRead }: { onRead: (read: Known) => void }) {
  const words = useWords();
  const [text, setText] = useState('');
  const read = useSend(customers.recogniseAddress);
  return (
    <div className="field-label dialog-text">
      <label htmlFor="paste-address">{words('newOrder.paste')}</label>
      <div className="row paste-row">
        <Input.TextArea
          id="paste-address"
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={500}
          placeholder={words('newOrder.pasteHelp')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          loading={read.isPending}
          onClick={() => text.trim() !== '' && read.mutate({ body: { text } }, { onSuccess: onRead })}
        >
          {words('newOrder.pasteAct')}
        </Button>
      </div>
      {read.isSuccess && read.data.districtCode === null && <p className="second">{words('newOrder.pasteHalf')}</p>}
      <ErrorNote error={read.error} />
    </div>
  );
}

/** The customer's own addresses: seeing them whole is written down, so it is asked for. */
function KnownAddresses({ id, onChoose }: { id: string; onChoose: (known: Known) => void }) {
  const words = useWords();
  const reveal = useSend(customers.revealContact);
  if (!reveal.isSuccess) {
    return (
      <div className="dialog-text">
        <MayButton
          need="customers.reveal"
          loading={reveal.isPending}
          onClick={() => reveal.mutate({ params: { id }, body: { reason: words('newOrder.revealReason') } })}
        >
          {words('newOrder.known')}
        </MayButton>{' '}
        <span className="third">{words('newOrder.knownHelp')}</span>
        <ErrorNote error={reveal.error} />
      </div>
    );
  }
  const { name, phone, addresses } = reveal.data;
  return (
    <ul className="plain-list dialog-text known-addresses">
      {addresses.length === 0 && (
        <li>
          {words('newOrder.noKnown')}{' '}
          <Button size="small" onClick={() => onChoose({ name, phone, districtCode: null, detail: '' })}>
            {words('newOrder.takeContact', { name, phone: formatPhone(phone) })}
          </Button>
        </li>
      )}
      {addresses.map((one) => (
        <li key={one.id}>
          <span>
            {one.name} {formatPhone(one.phone)} {one.region} {one.detail}
          </span>
          <Button size="small" onClick={() => onChoose(one)}>
            {words('newOrder.take')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
