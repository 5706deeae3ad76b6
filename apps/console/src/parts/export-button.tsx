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

/** The rows of the filter in the columns that show, as a file for spreadsheets: CSV, UTF-8 with a byte order mark, Beijing time. */
export function ExportButton<Row>({ endpoint, input, title, columns }: ExportButtonProps<Row>) {
  const words = useWords();
  const language = useLanguage();
  const tools = useTools();
  const [state, setState] = useState<{ count: number } | { error: unknown } | undefined>();
  const isBusy = state !== undefined && 'count' in state;
  const save = async () => {
    setState({ count: 0 });
    try {
      const { rows, isCut } = await readAll(endpoint, input, { rowsMax, onRows: (count) => setState({ count }) });
      download(
        fileOf(columns, rows as readonly Row[], tools, (status) => say(status, language)),
        `${title} ${tools.f.today()}.csv`,
      );
      toast(words(isCut ? 'export.cut' : 'export.done', { count: rows.length }));
      setState(undefined);
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <>
      <Button size="small" data-export loading={isBusy} onClick={() => void save()}>
        {isBusy && state.count > 0 ? words('export.progress', { count: state.count }) : words('export.act')}
      </Button>
      {state !== undefined && 'error' in state && <ErrorNote error={state.error} />}
    </>
  );
}

function fileOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  tools: Tools,
  sayStatus: (status: Status) => string,
): string {
  const texts = rows.map((row) =>
    columns.map((column) => column.text?.(row, tools) ?? textOf(column.show(row, tools), sayStatus)),
  );
  const heads = columns.map(({ title }, at) => {
    const name = tools.words(title);
    if (texts.some((row) => isMoney(row[at] ?? ''))) return tools.words('export.inYuan', { name });
    return texts.some((row) => isInstant(row[at] ?? '')) ? tools.words('export.inBeijing', { name }) : name;
  });
  return csv([heads, ...texts.map((row) => row.map((text, at) => (columns[at]?.isNumber ? plainNumber(text) : text)))]);
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
