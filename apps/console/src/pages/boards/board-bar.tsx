import { LinkOutlined } from '@ant-design/icons';
import { metrics } from '@tongshang/contract';
import { compareWords, periodWords, say } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ValueFilters } from '../explore/value-filters.tsx';
import type { Bar } from './bar-url.ts';

// The calendar is 35 kB that a relative period does not need.
const DateRange = lazy(async () => ({ default: (await import('../../parts/date-range.tsx')).DateRange }));

const asMade = 'as-made';
const ownDays = 'own-days';

/** The bar above a board: period, comparison and scope of all tiles at once. It stands in the address. */
export function BoardBar({ bar, today, onChange }: { bar: Bar; today: string; onChange: (bar: Bar) => void }) {
  const words = useWords();
  const language = useLanguage();
  const isOwn = bar.period === undefined && bar.from !== undefined && bar.to !== undefined;
  const choosePeriod = (value: string): void => {
    const period = metrics.periods.find((one) => one === value);
    if (value === ownDays) onChange({ ...bar, period: undefined, from: bar.from ?? today, to: bar.to ?? today });
    else onChange({ ...bar, period, from: undefined, to: undefined });
  };
  return (
    <div className="board-bar" role="group" aria-label={words('boards.bar')}>
      <Select<string>
        className="choice"
        aria-label={words('explore.period')}
        value={bar.period ?? (isOwn ? ownDays : asMade)}
        options={[
          { value: asMade, label: words('boards.periodAsMade') },
          ...metrics.periods.map((value) => ({ value, label: say(periodWords[value], language) })),
          { value: ownDays, label: words('explore.ownDays') },
        ]}
        onChange={choosePeriod}
      />
      {isOwn && (
        <Suspense fallback={<span className="date-range-coming" />}>
          <DateRange
            label={words('explore.ownDays')}
            from={bar.from}
            to={bar.to}
            onChange={({ from, to }) => from !== undefined && to !== undefined && onChange({ ...bar, from, to })}
          />
        </Suspense>
      )}
      <Select<string>
        className="choice"
        aria-label={words('overview.compare')}
        value={bar.compare ?? asMade}
        options={[
          { value: asMade, label: words('boards.compareAsMade') },
          { value: 'none', label: words('boards.compareNone') },
          ...metrics.compareKinds.map((value) => ({ value, label: say(compareWords[value], language) })),
        ]}
        onChange={(value) => {
          const compare = (['none', ...metrics.compareKinds] as const).find((one) => one === value);
          onChange({ ...bar, compare });
        }}
      />
      <ValueFilters
        able={['channel', 'store', 'category']}
        values={{ channel: bar.channel, store: bar.store, category: bar.category }}
        onChange={(name, values) => onChange({ ...bar, [name]: values })}
      />
    </div>
  );
}

/** The address is the whole state: whoever opens it and may see it sees the same. */
export function CopyLink() {
  const words = useWords();
  return (
    <Button
      icon={<LinkOutlined aria-hidden="true" />}
      onClick={() => {
        void navigator.clipboard.writeText(location.href).then(
          () => toast(words('explore.linkCopied')),
          () => toast(words('explore.linkNotCopied')),
        );
      }}
    >
      {words('explore.copyLink')}
    </Button>
  );
}
