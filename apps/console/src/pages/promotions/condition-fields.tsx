import type { Condition } from '@tongshang/contract';
import { channels, formatWeekday, paymentProviders } from '@tongshang/ui';
import { Checkbox, Input } from 'antd';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { parseTime } from '../../lib/business-time.ts';
import { Labelled, MoneyInput, NumberInput, type Wire } from '../../parts/labelled.tsx';
import { ChoicePicker, CustomerPicker, SegmentPicker, TierPicker } from '../../parts/pickers.tsx';
import { LineFilterField } from './line-filter.tsx';

interface FieldsProps {
  path: string;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

/** What one condition asks for. */
export function ConditionFields({ path, condition, onChange }: FieldsProps) {
  const words = useWords();
  switch (condition.is) {
    case 'member':
    case 'first_order':
      return <p className="second">{words(condition.is === 'member' ? 'promo.memberText' : 'promo.firstOrderText')}</p>;
    case 'amount':
      return (
        <>
          <Labelled path={`${path}.minFen`} label={words('promo.minAmount')}>
            {(wire) => (
              <MoneyInput {...wire} value={condition.minFen} onChange={(minFen) => onChange({ ...condition, minFen })} />
            )}
          </Labelled>
          <LineFilterField
            path={`${path}.of`}
            label={words('promo.countedGoods')}
            value={condition.of}
            onChange={(of) => onChange({ ...condition, of })}
          />
        </>
      );
    case 'quantity':
      return (
        <>
          <Labelled path={`${path}.min`} label={words('promo.minUnits')}>
            {(wire) => (
              <NumberInput
                {...wire}
                min={1}
                max={10_000}
                suffix={words('promo.units')}
                value={condition.min}
                onChange={(min) => onChange({ ...condition, min })}
              />
            )}
          </Labelled>
          <LineFilterField
            path={`${path}.of`}
            label={words('promo.countedGoods')}
            value={condition.of}
            onChange={(of) => onChange({ ...condition, of })}
          />
        </>
      );
    case 'time':
      return <TimeFields path={path} condition={condition} onChange={onChange} />;
    case 'channel':
    case 'tier':
    case 'segment':
    case 'customer':
    case 'payment_method':
      return <ListField path={path} condition={condition} onChange={onChange} />;
  }
}

type ListCondition = Extract<Condition, { in: string[] }>;

/** A condition that is one of several codes. */
function ListField({
  path,
  condition,
  onChange,
}: {
  path: string;
  condition: ListCondition;
  onChange: (condition: Condition) => void;
}) {
  const words = useWords();
  const term = useTerm();
  const terms = condition.is === 'channel' ? channels : paymentProviders;
  const choices = Object.keys(terms).map((value) => ({ value, label: term<string>(terms, value) }));
  const picker = (wire: Wire) => {
    const props = { ...wire, value: condition.in, onChange: (values: string[]) => onChange({ ...condition, in: values }) };
    if (condition.is === 'tier') return <TierPicker {...props} />;
    if (condition.is === 'segment') return <SegmentPicker {...props} />;
    if (condition.is === 'customer') return <CustomerPicker {...props} />;
    return <ChoicePicker {...props} choices={choices} />;
  };
  return (
    <Labelled path={`${path}.in`} label={words('promo.oneOf')}>
      {picker}
    </Labelled>
  );
}

// 2026-06-01 is a Monday.
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, day: `2026-06-0${value}` }));

function TimeFields({
  path,
  condition,
  onChange,
}: {
  path: string;
  condition: Extract<Condition, { is: 'time' }>;
  onChange: (condition: Condition) => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const { weekdays: days, from, to } = condition;
  const change = (next: { days?: number[] | undefined; from?: string | undefined; to?: string | undefined }) => {
    const all = { days, from, to, ...next };
    onChange({
      is: 'time',
      ...(all.days && { weekdays: all.days }),
      ...(all.from && { from: all.from }),
      ...(all.to && { to: all.to }),
    });
  };
  return (
    <>
      <Labelled path={`${path}.weekdays`} label={words('promo.weekdays')}>
        {({ id, disabled }) => (
          <Checkbox.Group
            className="weekdays"
            disabled={disabled}
            {...{ id }}
            value={days ?? weekdays.map(({ value }) => value)}
            options={weekdays.map(({ value, day }) => ({ value, label: formatWeekday(day, language) }))}
            onChange={(values) => change({ days: [...values].toSorted((a, b) => a - b) })}
          />
        )}
      </Labelled>
      <div className="field-pair">
        <Labelled path={`${path}.from`} label={words('promo.hoursFrom')} isOptional>
          {(wire) => <ClockInput wire={wire} placeholder="00:00" value={from} onChange={(clock) => change({ from: clock })} />}
        </Labelled>
        <Labelled path={`${path}.to`} label={words('promo.hoursTo')} help={words('promo.hoursHelp')} isOptional>
          {(wire) => <ClockInput wire={wire} placeholder="24:00" value={to} onChange={(clock) => change({ to: clock })} />}
        </Labelled>
      </div>
    </>
  );
}

/** A time of day; `9` becomes `09:00` when the field is left. */
function ClockInput({
  wire,
  value,
  placeholder,
  onChange,
}: {
  wire: Wire;
  value: string | undefined;
  placeholder: string;
  onChange: (clock: string | undefined) => void;
}) {
  return (
    <Input
      {...wire}
      className="time-field"
      value={value ?? ''}
      placeholder={placeholder}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      onChange={(event) => onChange(event.target.value || undefined)}
      onBlur={() => {
        const clock = value === undefined ? undefined : parseTime(value);
        if (clock !== undefined) onChange(clock.slice(0, 5));
      }}
    />
  );
}
