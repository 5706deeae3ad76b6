import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import { Select } from 'antd';
import { useState } from 'react';
import { q } from '../lib/api.ts';
import { useFormat } from '../lib/format.ts';
import { useName, useWords } from '../lib/language.ts';
import { useRested } from '../lib/rested.ts';

interface StockSkuSelectProps {
  /** Only what this location has ever stocked; its units stand beside each name. */
  location: string | undefined;
  value?: string;
  onChange?: (sku: string) => void;
  id?: string;
  'aria-label'?: string;
}

/** One SKU of a location, found by code or name; needs no right but to see stock. */
export function StockSkuSelect({ location, value, onChange, ...wire }: StockSkuSelectProps) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const search = useRested(text);
  const found = useQuery({
    ...q(inventory.listStock, { query: { limit: 30, ...(location && { location }), ...(search !== '' && { search }) } }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const seen = new Map(found.data?.items.map((level) => [level.sku, level]));
  const options = [...seen.values()].map((level) => ({
    value: level.sku,
    label: words('stock.skuOption', { sku: level.sku, name: name(level), available: count(level.available) }),
  }));
  return (
    <Select<string>
      {...wire}
      className="picker"
      {...(value !== undefined && value !== '' && { value })}
      options={options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      placeholder={words('picker.search')}
      notFoundContent={words(found.isFetching ? 'state.loading' : 'picker.nothing')}
      onChange={(sku) => onChange?.(sku)}
    />
  );
}
