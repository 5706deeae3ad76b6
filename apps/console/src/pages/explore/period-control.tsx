import { metrics } from '@tongshang/contract';
import { addDays, periodWords, say } from '@tongshang/ui';
import { Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';

// The calendar is 35 kB that a relative period does not need.
const DateRange = lazy(async () => ({ default: (await import('../../parts/date-range.tsx')).DateRange }));

export interface When {
  period?: metrics.Period | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const own = 'own';

/** When a question is about: a period that moves with today, or days of one's own. */
export function PeriodControl({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const words = useWords();
  const language = useLanguage();
  const { today } = useFormat();
  const choose = (value: string): void => {
    const period = metrics.periods.find((one) => one === value);
    if (period !== undefined) onChange({ period, from: undefined, to: undefined });
    else onChange({ period: undefined, from: when.from ?? addDays(today(), -28), to: when.to ?? addDays(today(), -1) });
  };
  return (
    <>
      <Select<string>
        className="choice"
        aria-label={words('explore.period')}
        value={when.period ?? own}
        options={[
          ...metrics.periods.map((value) => ({ value, label: say(periodWords[value], language) })),
          { value: own, label: words('explore.ownDays') },
        ]}
        onChange={choose}
      />
      {when.period === undefined && (
        <Suspense fallback={<span className="date-range-coming" />}>
          <DateRange
            label={words('explore.ownDays')}
            from={when.from}
            to={when.to}
            onChange={({ from, to }) => from !== undefined && to !== undefined && onChange({ period: undefined, from, to })}
          />
        </Suspense>
      )}
    </>
  );
}

/** A period in words, for paper and for readers. */
export function usePeriodWords(): (when: When) => string {
  const language = useLanguage();
  return ({ period, from, to }) => (period === undefined ? `${from ?? ''}—${to ?? ''}` : say(periodWords[period], language));
}
