import { presetRange, presets } from '@tongshang/ui';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useFormat } from '../lib/format.ts';
import { useWords } from '../lib/language.ts';

interface DateRangeProps {
  label: string;
  from: string | undefined;
  to: string | undefined;
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/**
 * A range of business days, exchanged as strings. antd's own empty range holds the Tab key for ever;
 * `allowEmpty` frees it, so nobody uses the raw one.
 */
export function DateRange({ label, from, to, onChange }: DateRangeProps) {
  const words = useWords();
  const { today } = useFormat();
  const asDay = (day: string | undefined) => (day === undefined ? null : dayjs(day));
  return (
    <DatePicker.RangePicker
      aria-label={label}
      className="date-range"
      allowEmpty={[true, true]}
      value={[asDay(from), asDay(to)]}
      placeholder={[words('range.from'), words('range.to')]}
      presets={presets.map((preset) => {
        const range = presetRange(preset, today());
        return { label: words(`range.${preset}`), value: [dayjs(range.from), dayjs(range.to)] };
      })}
      onChange={(_, texts) => onChange({ from: texts?.[0] || undefined, to: texts?.[1] || undefined })}
    />
  );
}
