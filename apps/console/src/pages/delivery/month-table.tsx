import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { PlaceDay } from './calendar-page.tsx';
import { weeksOf } from './month.ts';

interface MonthTableProps {
  month: string;
  days: readonly PlaceDay[];
  caption: string;
  onChoose: (day: PlaceDay) => void;
}

/** A month as a table: each day says whether parcels leave and, where it is not the weekday, why. Days to come open their dialog. */
export function MonthTable({ month, days, caption, onChoose }: MonthTableProps) {
  const words = useWords();
  const today = useFormat().today();
  const byDay = new Map(days.map((day) => [day.day, day]));
  return (
    <div className="table-area month-area" role="region" aria-label={caption} tabIndex={0}>
      <table className="month">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {([1, 2, 3, 4, 5, 6, 7] as const).map((one) => (
              <th key={one} scope="col">
                {words(`shipping.weekday.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, at) => (
            <tr key={week.find((day) => day !== undefined) ?? at}>
              {week.map((day, column) => {
                const shown = day === undefined ? undefined : byDay.get(day);
                return (
                  <td key={day ?? `empty ${column}`}>
                    {shown && <DayCell day={shown} isToday={day === today} isPast={shown.day < today} onChoose={onChoose} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayCellProps {
  day: PlaceDay;
  isToday: boolean;
  isPast: boolean;
  onChoose: (day: PlaceDay) => void;
}

function DayCell({ day, isToday, isPast, onChoose }: DayCellProps) {
  const words = useWords();
  const name = useName();
  const why = day.decidedBy === 'weekday' ? '' : name(day) || words(`shipping.decidedBy.${day.decidedBy}`);
  const inside = (
    <>
      <span className="month-day">
        {Number(day.day.slice(8))}
        {isToday && <span className="month-today">{words('shipping.today')}</span>}
      </span>
      <span>{words(day.dispatches ? 'shipping.open' : 'shipping.closed')}</span>
      {why && <span className="month-why">{why}</span>}
    </>
  );
  const className = `month-cell ${day.dispatches ? '' : 'closed'} ${day.decidedBy} ${isPast ? 'past' : ''}`;
  if (isPast) return <div className={className}>{inside}</div>;
  return (
    <button type="button" className={className} onClick={() => onChoose(day)} data-day={day.day}>
      {inside}
    </button>
  );
}
