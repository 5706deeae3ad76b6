import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { instantOf, parseTime, readInstant } from '../lib/business-time.ts';
import { useWords } from '../lib/language.ts';

interface DayTimeProps {
  id: string;
  label: string;
  /** An instant; null for none, an empty text for one that cannot be read. */
  value: string | null;
  onChange: (instant: string | null) => void;
  isWrong?: boolean;
  isDisabled?: boolean;
  describedBy?: string | undefined;
}

/**
 * A day and a time on the business clock, exchanged as an instant. The day travels as text and the time is typed, so that no
 * browser zone and no missing hour of it can move anything; what is not touched is not written anew.
 */
export function DayTime({ id, label, value, onChange, isWrong = false, isDisabled = false, describedBy }: DayTimeProps) {
  const words = useWords();
  const [typed, setTyped] = useState(() => ({ ...readInstant(value), value }));
  if (typed.value !== value) setTyped({ ...readInstant(value), value });
  const change = (day: string, time: string) => {
    const next = day === '' && time === '' ? null : (instantOf({ day, time }) ?? '');
    setTyped({ day, time, value: next });
    onChange(next);
  };
  const status = isWrong ? ({ status: 'error' } as const) : {};
  return (
    <span className="day-time" role="group" aria-label={label}>
      <DatePicker
        id={id}
        aria-label={words('time.dayOf', { label })}
        aria-describedby={describedBy}
        value={typed.day === '' ? null : dayjs(typed.day)}
        disabled={isDisabled}
        placeholder={words('time.day')}
        {...status}
        onChange={(_, text) => {
          const day = String(text ?? '');
          change(day, day === '' ? '' : typed.time || '00:00');
        }}
      />
      <Input
        aria-label={words('time.timeOf', { label })}
        aria-describedby={describedBy}
        className="time-field"
        value={typed.time}
        disabled={isDisabled}
        placeholder="00:00"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        {...status}
        onChange={(event) => change(typed.day, event.target.value)}
        onBlur={() => {
          const time = parseTime(typed.time);
          if (time !== undefined) setTyped((now) => ({ ...now, time }));
        }}
      />
    </span>
  );
}
