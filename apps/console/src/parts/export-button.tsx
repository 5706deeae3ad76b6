import type { Endpoint } from '@tongshang/contract';
import { say, type Status } from '@tongshang/ui';
import { Button } from 'antd';
import { isValidElement, type ReactNode, useState } from 'react';
import { csv, isInstant, isMoney, plainNumber } from '../lib/csv.ts';
import { download } from '../lib/download.ts';
import { useLanguage, useWords } from '../lib/language.ts';
import { readAll } from '../lib/read-all.ts';
import { toast } from '../lib/toast.ts';
import { type Column, type Tools, useTools } from './data-table.tsx';
import { ErrorNote } from './error-state.tsx';

const rowsMax = 10_000;

interface ExportButtonProps<Row> {
  endpoint: Endpoint & { reply: { _zod: { output: { items: readonly Row[]; next: string | null } } } };
  input: object;
  title: string;
  columns: readonly Column<Row>[];
}

type Format = 'csv' | 'xlsx';

/**
 * The rows of the filter in the columns that show, as a file for spreadsheets, Beijing time: CSV (UTF-8 with a byte order mark), or XLSX
 * with figures and times as such under a head row that stays. Who cuts it at `rowsMax` is told.
 */
export function ExportButton<Row>({ endpoint, input, title, columns }: ExportButtonProps<Row>) {
  const words = useWords();
  const language = useLanguage();
  const tools = useTools();
  const [state, setState] = useState<{ format: Format; count: number } | { error: unknown } | undefined>();
  const save = async (format: Format) => {
    setState({ format, count: 0 });
    try {
      const { rows, isCut } = await readAll(endpoint, input, { rowsMax, onRows: (count) => setState({ format, count }) });
      const table = tableOf(columns, rows as readonly Row[], tools, (status) => say(status, language));
      download(await fileOf(format, title, columns, table), `${title} ${tools.f.today()}.${format}`);
      toast(words(isCut ? 'export.cut' : 'export.done', { count: rows.length }));
      setState(undefined);
    } catch (error) {
      setState({ error });
    }
  };
  const busy = state !== undefined && 'format' in state ? state : undefined;
  return (
    <>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          size="small"
          data-export={format}
          title={words('export.limit', { max: tools.f.count(rowsMax) })}
          loading={busy?.format === format}
          onClick={() => void save(format)}
        >
          {busy?.format === format && busy.count > 0
            ? words('export.progress', { count: busy.count })
            : words(`export.${format}`)}
        </Button>
      ))}
      {state !== undefined && 'error' in state && <ErrorNote error={state.error} />}
    </>
  );
}

interface Table {
  heads: string[];
  texts: string[][];
}

function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  tools: Tools,
  sayStatus: (status: Status) => string,
): Table {
  const texts = rows.map((row) =>
    columns.map((column) => column.text?.(row, tools) ?? textOf(column.show(row, tools), sayStatus)),
  );
  const heads = columns.map(({ title }, at) => {
    const name = tools.words(title);
    if (texts.some((row) => isMoney(row[at] ?? ''))) return tools.words('export.inYuan', { name });
    return texts.some((row) => isInstant(row[at] ?? '')) ? tools.words('export.inBeijing', { name }) : name;
  });
  return { heads, texts };
}

/** The writer of workbooks is fetched with the first one. */
async function fileOf<Row>(
  format: Format,
  title: string,
  columns: readonly Column<Row>[],
  { heads, texts }: Table,
): Promise<string | Blob> {
  const isNumber = (at: number): boolean => columns[at]?.isNumber ?? false;
  if (format === 'csv')
    return csv([heads, ...texts.map((row) => row.map((text, at) => (isNumber(at) ? plainNumber(text) : text)))]);
  const [{ xlsx }, { typedCell }] = await Promise.all([import('../lib/xlsx.ts'), import('../lib/typed-cell.ts')]);
  const rows = texts.map((row) => row.map((text, at) => typedCell(text, isNumber(at))));
  return xlsx(title, heads, rows);
}

/** What a reader sees in a cell, as text: words, the word of a status, what is inside of marks. */
function textOf(node: ReactNode, sayStatus: (status: Status) => string): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) {
    const parts = (node as ReactNode[]).map((part) => textOf(part, sayStatus)).filter((part) => part.trim() !== '');
    return parts.join(' ').trim();
  }
  if (!isValidElement<{ children?: ReactNode; status?: Status }>(node)) return '';
  return node.props.status === undefined ? textOf(node.props.children, sayStatus) : sayStatus(node.props.status);
}
