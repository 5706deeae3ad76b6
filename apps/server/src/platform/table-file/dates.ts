// Dates as files hold them. The result is local: `zoneTime` says which instant that is in the file's time zone.

export interface LocalTime {
  year: number;
  month: number;
  day: number;
  /** Seconds since midnight. */
  seconds: number;
}

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?/;
const yearFirst = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*星期.)?(?:[\sT]*(.*))?$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[\sT]+(.*))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:\s*(\d{2})(\d{2})(\d{2})?)?$/;
const clock = /^(上午|下午|中午|晚上)?\s*(\d{1,2})[:时点](\d{1,2})分?(?::?(\d{1,2})秒?)?(?:\.\d+)?\s*(am|pm)?$/i;

/** Understands 2026-11-22 08:26, 2026.11.22, 2026/11/22, 2026年11月22日 下午3:05, 20261122, 22/11/2026 by order, and spreadsheet serials. `text` is plain. */
export function readDate(text: string, order: 'dmy' | 'mdy'): LocalTime | undefined {
  const quick = iso.exec(text);
  if (quick !== null && quick[0].length === text.length)
    return dateOf(Number(quick[1]), Number(quick[2]), Number(quick[3]), secondsOf(quick[4], quick[5], quick[6]));
  const first = yearFirst.exec(text);
  if (first !== null) return dateOf(Number(first[1]), Number(first[2]), Number(first[3]), readClock(first[4]));
  const last = yearLast.exec(text);
  if (last !== null) {
    const [a, b] = [Number(last[1]), Number(last[2])];
    const [day, month] = order === 'dmy' ? [a, b] : [b, a];
    return dateOf(Number(last[3]), month, day, readClock(last[4]));
  }
  const digits = compact.exec(text);
  if (digits !== null)
    return dateOf(Number(digits[1]), Number(digits[2]), Number(digits[3]), secondsOf(digits[4], digits[5], digits[6]));
  return readSerial(text);
}

const secondsOf = (hours = '0', minutes = '0', seconds = '0'): number | undefined =>
  Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60
    ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    : undefined;

function readClock(text = ''): number | undefined {
  if (text === '') return 0;
  const found = clock.exec(text.replace(/(Z|[+-]\d{2}:?\d{2})$/, '').trim());
  if (found === null) return undefined;
  const half = found[1] ?? found[5]?.toLowerCase();
  let hours = Number(found[2]);
  if ((half === '下午' || half === '晚上' || half === 'pm') && hours < 12) hours += 12;
  if ((half === '上午' || half === 'am') && hours === 12) hours = 0;
  return secondsOf(String(hours), found[3], found[4]);
}

function dateOf(year: number, month: number, day: number, seconds: number | undefined): LocalTime | undefined {
  if (seconds === undefined || year < 1970 || year > 2100 || month < 1 || month > 12 || day < 1) return undefined;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return { year, month, day, seconds };
}

/** Days since 1899-12-30, as spreadsheets store dates: 46348.5 is 2026-11-22 12:00. */
function readSerial(text: string): LocalTime | undefined {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return undefined;
  const serial = Number(text);
  if (serial < 25_569 || serial > 73_415) return undefined;
  const at = new Date(Math.round((serial - 25_569) * 86_400) * 1000);
  const seconds = at.getUTCHours() * 3600 + at.getUTCMinutes() * 60 + at.getUTCSeconds();
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), seconds };
}

/** 22/11/2026 can only be day first, 11/22/2026 only month first; undefined when no sample tells. */
export function orderOf(samples: Iterable<string>): 'dmy' | 'mdy' | undefined {
  for (const sample of samples) {
    const found = yearLast.exec(sample.trim());
    if (found === null) continue;
    if (Number(found[1]) > 12) return 'dmy';
    if (Number(found[2]) > 12) return 'mdy';
  }
  return undefined;
}

export type ToInstant = (local: LocalTime) => number;

/** Milliseconds since 1970 of a zone's local time. A time that the clocks skipped counts as if they had not; one that came twice is the first. */
export function zoneTime(zone: string): ToInstant {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const offsets = new Map<number, number>(); // by quarter of an hour: asking the calendar costs more than all the rest of a row
  const offsetAt = (at: number): number => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(
      part['year'] ?? 0,
      (part['month'] ?? 1) - 1,
      part['day'],
      part['hour'],
      part['minute'],
      part['second'],
    );
    return local - Math.floor(at / 1000) * 1000;
  };
  return ({ year, month, day, seconds }) => {
    const local = Date.UTC(year, month - 1, day) + seconds * 1000;
    const quarter = Math.floor(local / 900_000);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const before = offsetAt(local - 86_400_000);
      offset = offsetAt(local - before) === before ? before : offsetAt(local - offsetAt(local));
      offsets.set(quarter, offset);
    }
    return local - offset;
  };
}

/** Whether the machine knows a time zone by this name. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // the only way it says no
  }
}
