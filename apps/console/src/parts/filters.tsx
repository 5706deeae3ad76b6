import type { Status, Word } from '@tongshang/ui';
import { say } from '@tongshang/ui';
import { Button, Drawer, Input, type InputRef, Select } from 'antd';
import { lazy, type Ref, Suspense, useRef, useState } from 'react';
import { useLanguage, useWords } from '../lib/language.ts';
import { filtersIn, withFilter } from '../lib/list-url.ts';
import { useNarrow } from '../lib/screen.ts';
import type { WordKey } from '../words/keys.ts';

// The calendar is 35 kB that most lists do not need, and none before its rows: its place is kept.
const DateRange = lazy(async () => ({ default: (await import('./date-range.tsx')).DateRange }));

interface Option {
  value: string;
  label: string;
}
/** A filter is data; its name is the parameter in the address and in the contract. */
export type Filter =
  | { kind: 'search'; name: 'search' | 'text'; label: WordKey }
  | { kind: 'choice'; name: string; label: WordKey; terms: Readonly<Record<string, Word | Status>>; isMany?: boolean }
  | { kind: 'list'; name: string; label: WordKey; options: readonly Option[] }
  | { kind: 'days'; name: string; from: string; to: string; label: WordKey };

interface FiltersProps {
  filters: readonly Filter[];
  url: URLSearchParams;
  onChange: (url: URLSearchParams, how: 'push' | 'replace') => void;
  searchRef: Ref<InputRef>;
  /** The address without filters. */
  cleared: URLSearchParams;
}

/** The query row with its chips. Below 768 px everything but the search moves into a drawer. */
export function Filters({ filters, url, onChange, searchRef, cleared }: FiltersProps) {
  const words = useWords();
  const isNarrow = useNarrow(768);
  const [isOpen, setOpen] = useState(false);
  const search = filters.find((filter) => filter.kind === 'search');
  const others = filters.filter((filter) => filter.kind !== 'search');
  const set = filtersIn(url);
  const fields = others.map((filter) => <FilterField key={filter.name} filter={filter} url={url} onChange={onChange} />);
  return (
    <div role="search" className="filters">
      {search && (
        <SearchField name={search.name} label={words(search.label)} url={url} onChange={onChange} inputRef={searchRef} />
      )}
      {isNarrow && others.length > 0 ? (
        <>
          <Button onClick={() => setOpen(true)} data-filters>
            {words('list.filters')}
            {set.length > 0 && ` (${set.length})`}
          </Button>
          <Drawer title={words('list.filters')} open={isOpen} onClose={() => setOpen(false)} placement="bottom" size="auto">
            <div className="filters-stack">
              {fields}
              <Button type="primary" onClick={() => setOpen(false)}>
                {words('list.showResults')}
              </Button>
            </div>
          </Drawer>
        </>
      ) : (
        fields
      )}
      {set.length > 0 && (
        <Button type="link" onClick={() => onChange(cleared, 'push')}>
          {words('list.clearFilters')}
        </Button>
      )}
    </div>
  );
}

interface FieldProps {
  url: URLSearchParams;
  onChange: FiltersProps['onChange'];
}

/** What is typed stays as typed; only an address that changed elsewhere (back, clear) replaces it. */
function SearchField({
  name,
  label,
  url,
  onChange,
  inputRef,
}: FieldProps & { name: string; label: string; inputRef: Ref<InputRef> }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const value = url.get(name) ?? '';
  const [field, setField] = useState({ text: value, seen: value, sent: value });
  if (value !== field.seen) setField({ ...field, seen: value, text: value === field.sent ? field.text : value });
  const apply = (text: string, how: 'push' | 'replace') => {
    clearTimeout(timer.current);
    const sent = text.trim();
    if (sent === value) return;
    setField((now) => ({ ...now, sent }));
    onChange(withFilter(url, { [name]: sent }), how);
  };
  return (
    <Input.Search
      ref={inputRef}
      className="search-field"
      aria-label={label}
      placeholder={label}
      value={field.text}
      allowClear
      onSearch={(text) => apply(text, 'push')}
      onChange={(event) => {
        const { value: text } = event.target;
        setField((now) => ({ ...now, text }));
        clearTimeout(timer.current);
        // An input method's half-written syllables are not a query.
        const isComposing = event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing;
        if (!isComposing) timer.current = setTimeout(() => apply(text, 'replace'), 350);
      }}
      onCompositionEnd={(event) => {
        const text = event.currentTarget.value;
        timer.current = setTimeout(() => apply(text, 'replace'), 350);
      }}
    />
  );
}

function FilterField({ filter, url, onChange }: FieldProps & { filter: Filter }) {
  const words = useWords();
  const language = useLanguage();
  if (filter.kind === 'search') return null;
  const label = words(filter.label);
  if (filter.kind === 'days') {
    return (
      <Suspense fallback={<span className="date-range-coming" />}>
        <DateRange
          label={label}
          from={url.get(filter.from) ?? undefined}
          to={url.get(filter.to) ?? undefined}
          onChange={({ from, to }) => onChange(withFilter(url, { [filter.from]: from, [filter.to]: to }), 'push')}
        />
      </Suspense>
    );
  }
  const options =
    filter.kind === 'list'
      ? [...filter.options]
      : Object.entries(filter.terms).map(([value, word]) => ({ value, label: say(word, language) }));
  if (filter.kind === 'choice' && filter.isMany) {
    return (
      <Select<string[]>
        mode="multiple"
        className="choice"
        aria-label={label}
        placeholder={label}
        allowClear
        maxTagCount="responsive"
        value={url.getAll(filter.name)}
        options={options}
        onChange={(values) => onChange(withFilter(url, { [filter.name]: values }), 'push')}
      />
    );
  }
  return (
    <Select<string | null>
      className="choice"
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={options.length > 12 ? { optionFilterProp: 'label' } : false}
      value={url.get(filter.name)}
      options={options}
      onChange={(value) => onChange(withFilter(url, { [filter.name]: value ?? undefined }), 'push')}
    />
  );
}
