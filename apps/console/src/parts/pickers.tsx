import { keepPreviousData, useQueries, useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { catalog, customers, membership, pricing } from '@tongshang/contract';
import { Select } from 'antd';
import { useState } from 'react';
import { q } from '../lib/api.ts';
import { useName, useWords } from '../lib/language.ts';
import { useRested } from '../lib/rested.ts';
import { useMay } from '../lib/session.ts';
import type { Wire } from './labelled.tsx';

interface PickerProps extends Wire {
  value: readonly string[];
  onChange: (values: string[]) => void;
  'aria-label'?: string;
}
interface Choice {
  value: string;
  label: string;
}

interface RemoteProps<Data> extends PickerProps {
  ask: (search: string) => UseQueryOptions<Data>;
  choicesOf: (data: Data) => Choice[];
  /** What is chosen already, by name where it is known. */
  known?: readonly Choice[];
  /** Whether what nobody found may be entered too, pasted with commas or line breaks. */
  takesTyped?: boolean;
}

/** Several of many: found on the server while typing. */
function RemotePicker<Data>({ ask, choicesOf, known = [], takesTyped = false, value, onChange, ...wire }: RemoteProps<Data>) {
  const words = useWords();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const search = useRested(text);
  const found = useQuery({ ...ask(search), enabled: isOpen, placeholderData: keepPreviousData });
  const choices = found.data === undefined ? [] : choicesOf(found.data);
  const seen = new Set(choices.map((one) => one.value));
  const options = [...choices, ...known.filter((one) => value.includes(one.value) && !seen.has(one.value))];
  return (
    <Select<string[]>
      {...wire}
      className="picker"
      mode={takesTyped ? 'tags' : 'multiple'}
      value={[...value]}
      options={options}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText, autoClearSearchValue: true }}
      onOpenChange={setOpen}
      maxTagCount={30}
      {...(takesTyped && { tokenSeparators: [',', '，', ';', '\n', '\t', ' '] })}
      placeholder={words('picker.search')}
      notFoundContent={words(found.isFetching ? 'state.loading' : 'picker.nothing')}
      onChange={(next) => {
        setText('');
        onChange(next);
      }}
    />
  );
}

/** SKUs by code, name or pinyin; a pasted list is taken as it is. */
export function SkuPicker(props: PickerProps) {
  const name = useName();
  return (
    <RemotePicker
      {...props}
      takesTyped
      ask={(search) => q(pricing.listCurrentPrices, { query: { limit: 30, ...(search !== '' && { search }) } })}
      choicesOf={({ items }) => items.map((one) => ({ value: one.sku, label: `${one.sku} ${name(one)}` }))}
    />
  );
}

/** One SKU by code, name or pinyin. */
export function SkuSelect({
  value,
  onChange,
  ...wire
}: Omit<PickerProps, 'value' | 'onChange'> & { value: string; onChange: (sku: string) => void }) {
  const words = useWords();
  const name = useName();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const search = useRested(text);
  const found = useQuery({
    ...q(pricing.listCurrentPrices, { query: { limit: 30, ...(search !== '' && { search }) } }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const known = useQuery({ ...q(pricing.listCurrentPrices, { query: { limit: 30, search: value } }), enabled: value !== '' });
  const label = (one: { sku: string; name: string; nameEn: string }): string => `${one.sku} ${name(one)}`;
  const named = known.data?.items.find(({ sku }) => sku === value);
  const options = (found.data?.items ?? []).map((one) => ({ value: one.sku, label: label(one) }));
  return (
    <Select<string>
      {...wire}
      className="picker"
      {...(value !== '' && { value })}
      options={named && !options.some((one) => one.value === value) ? [...options, { value, label: label(named) }] : options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      placeholder={words('picker.search')}
      notFoundContent={words(found.isFetching ? 'state.loading' : 'picker.nothing')}
      onChange={onChange}
    />
  );
}

const namedMax = 40; // what is chosen beyond is shown by its code

export function ProductPicker(props: PickerProps) {
  const name = useName();
  const chosen = useQueries({ queries: props.value.slice(0, namedMax).map((id) => q(catalog.getProduct, { params: { id } })) });
  return (
    <RemotePicker
      {...props}
      known={chosen.flatMap(({ data }) => (data ? [{ value: data.id, label: name(data) }] : []))}
      ask={(search) => q(catalog.listProducts, { query: { limit: 30, ...(search !== '' && { search }) } })}
      choicesOf={({ items }) => items.map((one) => ({ value: one.id, label: name(one) }))}
    />
  );
}

export function CustomerPicker(props: PickerProps) {
  const chosen = useQueries({
    queries: props.value.slice(0, namedMax).map((id) => q(customers.getCustomer, { params: { id } })),
  });
  const label = (one: { number: string; name: string }): string => `${one.number} ${one.name}`;
  return (
    <RemotePicker
      {...props}
      known={chosen.flatMap(({ data }) => (data ? [{ value: data.id, label: label(data) }] : []))}
      ask={(search) => q(customers.listCustomers, { query: { limit: 30, ...(search !== '' && { search }) } })}
      choicesOf={({ items }) => items.map((one) => ({ value: one.id, label: label(one) }))}
    />
  );
}

/** Brands that products carry; another may be typed. */
export function BrandPicker(props: PickerProps) {
  return (
    <RemotePicker
      {...props}
      takesTyped
      ask={(search) => q(catalog.listProducts, { query: { limit: 200, ...(search !== '' && { search }) } })}
      choicesOf={({ items }) =>
        [...new Set(items.map(({ brand }) => brand).filter((brand) => brand !== ''))].map((value) => ({ value, label: value }))
      }
    />
  );
}

/** One of a short list that is read whole; while it is not there, codes may be typed. */
function ListPicker({ choices, value, onChange, ...wire }: PickerProps & { choices: readonly Choice[] | undefined }) {
  const words = useWords();
  return (
    <Select<string[]>
      {...wire}
      className="picker"
      mode={choices ? 'multiple' : 'tags'}
      value={[...value]}
      options={[...(choices ?? [])]}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={words('picker.choose')}
      onChange={onChange}
    />
  );
}

/** Categories with all that is below them. */
export function CategoryPicker(props: PickerProps) {
  const name = useName();
  const { data } = useQuery(q(catalog.listCategories));
  const names = new Map(data?.items.map((one) => [one.code, name(one)]));
  const path = (code: string): string => {
    const parts = code.split('/');
    return parts.map((_, depth) => names.get(parts.slice(0, depth + 1).join('/')) ?? parts[depth]).join(' / ');
  };
  return <ListPicker {...props} choices={data?.items.map(({ code }) => ({ value: code, label: path(code) }))} />;
}

export function TierPicker(props: PickerProps) {
  const name = useName();
  const mayRead = useMay()('membership.view');
  const { data } = useQuery({ ...q(membership.listTiers), enabled: mayRead });
  return <ListPicker {...props} choices={data?.items.map((one) => ({ value: one.code, label: name(one) }))} />;
}

export function SegmentPicker(props: PickerProps) {
  const name = useName();
  const mayRead = useMay()('customers.view');
  const { data } = useQuery({ ...q(customers.listSegments), enabled: mayRead });
  return <ListPicker {...props} choices={data?.items.map((one) => ({ value: one.code, label: name(one) }))} />;
}

export function ChoicePicker({ choices, ...props }: PickerProps & { choices: readonly Choice[] }) {
  return <ListPicker {...props} choices={choices} />;
}
