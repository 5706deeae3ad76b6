// What the HTTP layer must know of a statement before the engine sees it. Pure.

export type StatementKind = 'read' | 'insert' | 'other';

export interface Statement {
  kind: StatementKind;
  /** The format named by the statement itself. */
  format: string | undefined;
  /** Only an INSERT that ends with its FORMAT or VALUES takes its rows from the request's body. */
  awaitsRows: boolean;
}

const READS = /^(?:select|with|show|describe|desc|exists|explain|check)\b/i;
const TEXT_FORMATS = /^(?:JSON|CSV|TSV|TabSeparated|Values$|TSKV$|CustomSeparated|LineAsString$|RawBLOB$)/i;

/** Reads kind and format of a statement. Two statements in one request are refused, as a ClickHouse server does. */
export function readStatement(sql: string): Statement {
  const bare = maskQuoted(sql);
  const head = bare.trimStart().replace(/^[(\s]+/, '');
  if (/^insert\b/i.test(head)) {
    const format = /\bformat\s+([a-z]\w*)\s*;?\s*$/i.exec(bare)?.[1];
    return { kind: 'insert', format, awaitsRows: format !== undefined || /\bvalues\s*$/i.test(bare) };
  }
  if (/;\s*[^\s;]/.test(bare)) throw new SyntaxError('Code: 62. DB::Exception: Multi-statements are not allowed. (SYNTAX_ERROR)');
  return {
    kind: READS.test(head) ? 'read' : 'other',
    format: /\bformat\s+([a-z]\w*)\s*(?:settings\b[^;]*)?;?\s*$/i.exec(bare)?.[1],
    awaitsRows: false,
  };
}

/** The statement with the contents of strings, quoted names and comments blanked; every other character keeps its place. */
function maskQuoted(sql: string): string {
  const quoted =
    /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`\\]|\\.|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/gs;
  return sql.replace(quoted, (text) =>
    /^(?:--|\/\*)/.test(text) ? ' '.repeat(text.length) : `'${'_'.repeat(text.length - 2)}'`,
  );
}

/** Says whether the engine's inline data keeps these rows intact: it trims line ends, which only text formats survive. */
export function isSafeInline(format: string, rows: Uint8Array): boolean {
  return TEXT_FORMATS.test(format) && !isLineEnd(rows.at(0)) && !(isLineEnd(rows.at(-1)) && rows.at(-2) === 10);
}

const isLineEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13;

/** The same INSERT, reading its rows from a file. */
export function insertFromFile(sql: string, file: string, format: string): string {
  const bare = maskQuoted(sql);
  const tail = /(?:\bsettings\b(?:(?!\bsettings\b).)*)?\b(?:format\s+\w+|values)\s*;?\s*$/is.exec(bare);
  const at = tail?.index ?? sql.length;
  const rest = sql.slice(at).replace(/\bvalues\s*$/i, `FORMAT ${format}`);
  return `${sql.slice(0, at)} FROM INFILE ${quote(file)} COMPRESSION 'none' ${rest}`;
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

const NOT_FOUND = new Set([46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 336]);
const BAD_REQUEST = new Set([6, 25, 26, 27, 33, 38, 41, 53, 62, 72, 85, 86, 108, 117, 130, 441, 456, 457]);

/** ClickHouse's own mapping of error codes to HTTP. */
export function httpStatusOf(code: number): number {
  if (code === 516 || code === 194) return 401;
  if (code === 497) return 403;
  if (NOT_FOUND.has(code)) return 404;
  if (BAD_REQUEST.has(code)) return 400;
  if (code === 48) return 501;
  return code === 202 ? 503 : 500;
}

/** The engine's message in the words of a server: one `Code: NN. DB::Exception: …`. */
export function tidyError(message: string): { code: number; text: string } {
  const code = Number(/Code: (\d+)\./.exec(message)?.[1] ?? 1002);
  const text = message
    .replace(/^(?:Code: \d+\. DB::Exception: )+/, '')
    .replace(/ \(version [^)]*\)\.?/g, '')
    .trimEnd();
  const named = /\([A-Z][A-Z0-9_]+\)$/.test(text) ? text : `${text} (UNKNOWN_EXCEPTION)`;
  const once = named.replace(/(\([A-Z0-9_]+\))\.? \1$/, '$1');
  return { code, text: `Code: ${code}. DB::Exception: ${once} (embedded)\n` };
}

const CONTENT_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^JSON.*EachRow/i, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/i, 'application/json; charset=UTF-8'],
  [/^CSV/i, 'text/csv; charset=UTF-8; header=absent'],
  [/^(?:TSV|TabSeparated)/i, 'text/tab-separated-values; charset=UTF-8'],
  [/^(?:Pretty|Vertical|Markdown|Values)/i, 'text/plain; charset=UTF-8'],
];

export function contentTypeOf(format: string): string {
  return CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream';
}
