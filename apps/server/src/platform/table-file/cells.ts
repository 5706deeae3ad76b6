// What people write in cells, understood: amounts like ￥1,234.5元, full-width digits, dates in five spellings, phones with spaces.

/** Full-width letters and digits as plain ones, outer spaces gone. Plain ASCII passes untouched. */
export function plain(text: string): string {
  return isAscii(text) ? text.trim() : text.normalize('NFKC').trim();
}

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 126) return false;
  return true;
};

/** An id as typed: `="00123"` and `'00123` are ways to keep a spreadsheet from eating zeros. */
export function readId(text: string): string {
  const id = plain(text);
  const first = id.charCodeAt(0);
  if (first !== 61 && first !== 39) return id;
  return id.replace(/^="(.*)"$/, '$1').replace(/^'/, '');
}

/** A spreadsheet wrote a long number as 6.90123E+12: digits are lost. */
export const isDamagedId = (id: string): boolean => /^\d(\.\d+)?e\+\d{2,}$/i.test(id);

const plainDecimal = /^-?\d+(\.\d+)?$/;
const unsigned = /^\d+(\.\d+)?$/;

/** A number written plainly, as digits with one dot; undefined when the text is no number. */
export function decimalText(text: string): string | undefined {
  if (plainDecimal.test(text)) return text;
  let rest = plain(text)
    .replace(/^(-?)(￥|¥|\$|€|£|CNY|RMB|人民币|GBP|USD|EUR)\s*/i, '$1')
    .replace(/\s*(元|圆|CNY|RMB|件|个|只|瓶|盒|箱|pcs|%|％)$/i, '');
  const negative = /^\((.*)\)$/.exec(rest) ?? /^[-−]([^-−].*)$/.exec(rest) ?? /^(.*\d)[-−]$/.exec(rest);
  const isNegative = negative !== null;
  rest = (negative?.[1] ?? rest).replaceAll(/[\s']/g, '');
  rest = withoutGroups(rest);
  if (!unsigned.test(rest)) return scientific(rest, isNegative);
  return isNegative ? `-${rest}` : rest;
}

/** `1,234.5` and `1.234,5` mean the same; with one sort of mark only, groups of three are thousands. */
function withoutGroups(text: string): string {
  const comma = text.lastIndexOf(',');
  const dot = text.lastIndexOf('.');
  if (comma === -1) return text;
  if (dot > comma)
    return /^\d{1,3}(,\d{3})*\.\d+$/.test(text) || /^\d{1,4}(,\d{4})*\.\d+$/.test(text) ? text.replaceAll(',', '') : text;
  if (dot !== -1) return /^\d{1,3}(\.\d{3})*,\d+$/.test(text) ? text.replaceAll('.', '').replace(',', '.') : text;
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return text.replaceAll(',', '');
  return /^\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text;
}

function scientific(text: string, isNegative: boolean): string | undefined {
  if (!/^\d+(\.\d+)?e[+-]?\d{1,2}$/i.test(text)) return undefined;
  const value = Number(text);
  const plainValue = Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(8).replace(/0+$/, '');
  return `${isNegative ? '-' : ''}${plainValue}`;
}

/** A decimal in millionths, exactly; what lies beyond six places is rounded half away from zero. undefined beyond ±9 billion. */
export function micros(decimal: string): number | undefined {
  const isNegative = decimal.charCodeAt(0) === 45;
  const dot = decimal.indexOf('.');
  const whole = Number(dot === -1 ? (isNegative ? decimal.slice(1) : decimal) : decimal.slice(isNegative ? 1 : 0, dot));
  if (whole > 9_000_000_000) return undefined;
  let value = whole * 1_000_000;
  if (dot !== -1) {
    const places = decimal.slice(dot + 1);
    value += Number(places.slice(0, 6).padEnd(6, '0'));
    if (places.charCodeAt(6) >= 53) value += 1;
  }
  return isNegative ? -value : value;
}

/** Digits of a phone number, the country code of China left out; undefined when it cannot be one. */
export function readPhone(text: string): string | undefined {
  const digits = plain(text)
    .replaceAll(/[\s\-().·]/g, '')
    .replace(/^(\+86|0086|86(?=1[3-9]\d{9}$))/, '');
  return /^\+?\d{7,15}$/.test(digits) ? digits : undefined;
}

export const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text);
