// What people paste: full-width digits, units, blanks, other separators. Each answers undefined for what it cannot read.

/** Full-width forms become the ordinary ones, blanks of every kind are dropped. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\u200b]/g, '');

/** An amount as integer fen: `￥1,234.5元` → 123450, `1.2万` → 1200000. Finer than a fen is refused, not rounded. */
export function parseMoney(text: string): number | undefined {
  const match = /^([-−–]?)(?:¥|CNY|RMB)?([\d,]*)(?:\.(\d*))?(万)?(?:元|块|CNY|RMB)?$/i.exec(plain(text));
  if (!match) return undefined;
  const [, minus, whole = '', decimals = '', tenThousand] = match;
  const digits = whole.replaceAll(',', '');
  if (digits === '' && decimals === '') return undefined;
  const places = tenThousand ? 6 : 2;
  if (decimals.length > places && /[1-9]/.test(decimals.slice(places))) return undefined;
  const fen = Number(digits + decimals.slice(0, places).padEnd(places, '0'));
  if (!Number.isSafeInteger(fen)) return undefined;
  return minus && fen !== 0 ? -fen : fen;
}

/** A whole number: `１,２００ 件` → 1200. */
export function parseCount(text: string): number | undefined {
  const match = /^([-−–]?)([\d,]+)(?:\.0+)?(?:件|个|pcs)?$/i.exec(plain(text));
  if (!match) return undefined;
  const count = Number(match[2]?.replaceAll(',', ''));
  if (!Number.isSafeInteger(count)) return undefined;
  return match[1] && count !== 0 ? -count : count;
}

/** A mainland mobile number: `+86 138-0013-8000` → `13800138000`. */
export function parsePhone(text: string): string | undefined {
  const digits = plain(text)
    .replaceAll(/[-()·.]/g, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? digits : undefined;
}

/** A calendar day: `2026.11.22`, `2026年11月22日`, `20261122` → `2026-11-22`. A day that does not exist is refused. */
export function parseDay(text: string): string | undefined {
  const match = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(plain(text)) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain(text));
  if (!match) return undefined;
  const [, year = '', month = '', date = ''] = match;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : undefined;
}
