import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface MonthPickerProps {
  label: string;
  /** `2026-11` */
  month: string;
  onChange: (month: string) => void;
}

/** Picks a month; the calendar it brings is 35 kB, so that a page fetches it after its figures. */
export default function MonthPicker({ label, month, onChange }: MonthPickerProps) {
  return (
    <DatePicker
      picker="month"
      allowClear={false}
      aria-label={label}
      value={dayjs(`${month}-01`)}
      onChange={(picked) => picked && onChange(picked.format('YYYY-MM'))}
    />
  );
}
