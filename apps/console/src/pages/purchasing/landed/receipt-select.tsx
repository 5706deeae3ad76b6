import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { valuation } from '@tongshang/contract';
import { Select } from 'antd';
import { useState } from 'react';
import { q } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { useRested } from '../../../lib/rested.ts';
import { documentOf } from './document-of.ts';

interface ReceiptSelectProps {
  value?: string;
  onChange?: (cause: string) => void;
  id?: string;
}

/** A receipt to charge, found by a part of its document; newest first, with what it is worth and was charged already. */
export function ReceiptSelect({ value, onChange, id }: ReceiptSelectProps) {
  const words = useWords();
  const f = useFormat();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const search = useRested(text);
  const found = useQuery({
    ...q(valuation.listReceipts, { query: { limit: 30, ...(search !== '' && { search }) } }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map((one) => ({
    value: one.cause,
    label: words('landed.receiptOption', {
      document: documentOf(one.cause),
      units: f.count(one.units),
      value: f.money(one.valueFen),
      landed: f.money(one.landedFen),
    }),
  }));
  const chosen = value !== undefined && !options.some((one) => one.value === value);
  return (
    <Select<string>
      {...(id !== undefined && { id })}
      className="picker"
      {...(value !== undefined && { value })}
      options={chosen ? [{ value, label: documentOf(value) }, ...options] : options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      placeholder={words('picker.search')}
      notFoundContent={words(found.isFetching ? 'state.loading' : 'landed.noReceipts')}
      onChange={(cause) => onChange?.(cause)}
    />
  );
}
