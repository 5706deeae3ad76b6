// The text of one spreadsheet cell, undamaged: as a person typed it, not as a narrow column shows it.
import * as xlsx from '@e965/xlsx';

export interface Cell {
  t: string;
  v?: string | number | boolean | Date | undefined;
  w?: string | undefined;
  z?: string | number | undefined;
}

/**
 * Dates become ISO text; numbers keep all 15 digits that a spreadsheet keeps, without an exponent; a format of zeros ("00000")
 * keeps its leading zeros. A number of more than 15 digits has lost its end in the spreadsheet already: it is written
 * with an exponent, so that an id column refuses it instead of storing a wrong id.
 */
export function cellText({ t, v, w, z }: Cell, is1904 = false): string {
  if (v === undefined || t === 'z') return '';
  if (t === 'e') return w ?? '#N/A';
  if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE';
  if (typeof v !== 'number') return String(v);
  const format = z === undefined ? 'General' : String(z);
  if (xlsx.SSF.is_date(format)) return dateText(v + (is1904 ? 1462 : 0));
  if (/^0{2,}$/.test(format) && Number.isInteger(v)) return String(v).padStart(format.length, '0');
  if (format.endsWith('%')) return `${plainNumber(v * 100)}%`;
  return plainNumber(v);
}

function plainNumber(value: number): string {
  const exact = Number(value.toPrecision(15)); // what lies beyond 15 digits is noise of the binary form
  if (Math.abs(exact) >= 1e15) return exact.toExponential().replace('e+', 'E+');
  const text = String(exact);
  return text.includes('e') ? exact.toFixed(12).replace(/\.?0+$/, '') : text;
}

const dayMs = 86_400_000;
const unixDay = 25_569; // the serial of 1970-01-01

/** The local date of a serial, and its time when it has one: `2026-11-22`, `2026-11-22 08:26:00`. */
function dateText(serial: number): string {
  const iso = new Date(Math.round((serial - unixDay) * 86_400) * 1000).toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return Math.abs(serial - Math.round(serial)) * dayMs < 500 ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}
