const isChinese = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '');

/** Chinese where the terminal is Chinese, else English. */
export const either = (zh: string, en: string): string => (isChinese ? zh : en);

/** Prints lines for a person; data as JSON. */
export function say(...parts: (string | object)[]): void {
  for (const part of parts) process.stdout.write(`${typeof part === 'string' ? part : JSON.stringify(part)}\n`);
}
