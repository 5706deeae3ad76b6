import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lots } from '@tongshang/contract';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { q } from '../../../lib/api.ts';
import { useName, useWords } from '../../../lib/language.ts';
import { useRested } from '../../../lib/rested.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { tracePage } from './trace-link.ts';

/** Which lot: first it is seen where it is; nothing is blocked by looking. */
export function FindLotDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ lot: string }>();
  const [text, setText] = useState('');
  const search = useRested(text);
  const found = useQuery({
    ...q(lots.listLotsOnShelf, { query: { limit: 50, ...(search !== '' && { search }) } }),
    placeholderData: keepPreviousData,
  });
  const seen = new Map(found.data?.items.map((one) => [JSON.stringify([one.sku, one.lot]), one]));
  return (
    <FormDialog<{ lot: string }>
      form={form}
      title={words('recalls.find')}
      act={words('recalls.findAct')}
      isOpen
      isBusy={false}
      error={found.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ lot: chosen }) => {
        const [sku = '', lot = ''] = JSON.parse(chosen) as string[];
        void navigate(tracePage(sku, lot));
      }}
    >
      <p className="dialog-text">{words('recalls.findText')}</p>
      <Field name="lot" label={words('recalls.lotOrSku')}>
        <Select
          showSearch={{ filterOption: false, onSearch: setText }}
          placeholder={words('picker.search')}
          notFoundContent={words(found.isFetching ? 'state.loading' : 'picker.nothing')}
          options={[...seen].map(([value, one]) => ({
            value,
            label: words('recalls.lotOption', { lot: one.lot, sku: one.sku, name: name(one) }),
          }))}
        />
      </Field>
    </FormDialog>
  );
}
