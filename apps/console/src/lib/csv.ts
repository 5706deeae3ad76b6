// Cells as a spreadsheet wants them. The file carries a byte order mark, so that Excel reads Chinese.

/** Lines of comma-separated values, CRLF, with a byte order mark. A text that a spreadsheet would run as a formula is quoted with '. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

function cell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A shown figure as a plain number: `−¥1,234.50` is `-1234.50`; anything else stays as it is. */
export function plainNumber(text: string): string {
  const bare = text.trim().replaceAll(',', '').replace('−', '-').replace('¥', '');
  return /^-?\d+(\.\d+)?$/.test(bare) ? bare : text;
}

export const isMoney = (text: string): boolean => /^−?¥[\d,]+(\.\d+)?$/.test(text.trim());
export const isInstant = (text: string): boolean => /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}/.test(text);
