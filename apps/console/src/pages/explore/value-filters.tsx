import { useQuery } from '@tanstack/react-query';
import { metrics } from '@tongshang/contract';
import { dimensions as dimensionWords, say } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { q } from '../../lib/api.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';

type Dimension = (typeof metrics.filterDimensions)[number];
type Values = Readonly<Partial<Record<Dimension, readonly string[] | undefined>>>;

/** Which figure knows the values of a dimension. */
const knownBy: Readonly<Record<Dimension, string>> = {
  channel: 'orders',
  category: 'units_sold',
  sku: 'units_sold',
  store: 'orders',
  campaign: 'visitors',
};

interface ValueFiltersProps {
  /** What may be filtered here, in the order of the choices. */
  able: readonly Dimension[];
  values: Values;
  onChange: (name: Dimension, values: string[] | undefined) => void;
}

/** What the figures are narrowed to: any of these channels and any of these SKUs; the values are those that sold, others may be typed. */
export function ValueFilters({ able, values, onChange }: ValueFiltersProps) {
  const words = useWords();
  const term = useTerm();
  const [opened, setOpened] = useState<readonly Dimension[]>([]);
  const set = able.filter((name) => (values[name]?.length ?? 0) > 0 || opened.includes(name));
  const left = able.filter((name) => !set.includes(name));
  return (
    <>
      {set.map((name) => (
        <span key={name} className="value-filter">
          <ValuePicker
            dimension={name}
            value={values[name] ?? []}
            onChange={(next) => onChange(name, next.length > 0 ? next : undefined)}
          />
          <Button
            type="text"
            size="small"
            aria-label={words('explore.removeFilter', { name: term(dimensionWords, name) })}
            onClick={() => {
              setOpened(opened.filter((one) => one !== name));
              if (values[name] !== undefined) onChange(name, undefined);
            }}
          >
            ×
          </Button>
        </span>
      ))}
      {left.length > 0 && (
        <Select<Dimension | null>
          className="choice add-filter"
          aria-label={words('explore.addFilter')}
          placeholder={words('explore.addFilter')}
          value={null}
          options={left.map((value) => ({ value, label: term(dimensionWords, value) }))}
          onChange={(name) => name !== null && setOpened([...opened, name])}
        />
      )}
    </>
  );
}

/** Values by name, the largest of the last 90 days first. */
function ValuePicker({
  dimension,
  value,
  onChange,
}: {
  dimension: Dimension;
  value: readonly string[];
  onChange: (next: string[]) => void;
}) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const query = { metrics: [knownBy[dimension]], by: [dimension], period: 'last_90_days' as const, limit: 200 };
  const { data, isFetching } = useQuery({ ...q(metrics.queryMetrics, { query }), staleTime: 300_000 });
  const name = term(dimensionWords, dimension);
  return (
    <Select<string[]>
      mode="tags"
      className="choice value-choice"
      aria-label={name}
      placeholder={name}
      prefix={<span className="third">{name}</span>}
      maxTagCount="responsive"
      loading={isFetching}
      notFoundContent={words(isFetching ? 'state.loading' : 'explore.typeValue')}
      showSearch={{ optionFilterProp: 'label' }}
      value={[...value]}
      options={(data?.rows ?? []).map(({ keys, labels }) => {
        const [key = ''] = keys;
        return { value: key, label: labels[0] ? `${say(labels[0], language)} (${key})` : key };
      })}
      onChange={onChange}
    />
  );
}
