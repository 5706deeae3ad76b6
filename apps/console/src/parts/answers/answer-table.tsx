import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { shadeOf } from './metric-shape.ts';

export interface TableCell {
  text: string;
  /** Whither a press leads: the rows behind the figure. */
  to?: string | undefined;
  /** 0 to 1: how much of it there is, beside the number, never in place of it. */
  shade?: number;
  /** What is not complete yet, said in words to readers. */
  note?: string | undefined;
}

export interface TableRow {
  key: string;
  head: ReactNode;
  cells: readonly TableCell[];
}

interface AnswerTableProps {
  title: string;
  heads: readonly string[];
  rows: readonly TableRow[];
  /** The whole, above its parts: it is seen however long the table is. */
  total?: TableRow | undefined;
}

/** The numbers of an answer: the table that always stands beside its chart, and the whole of it for readers. */
export function AnswerTable({ title, heads, rows, total }: AnswerTableProps) {
  return (
    <div className="table-area answer-table" role="region" aria-label={title} tabIndex={0}>
      <table className="table table-compact">
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            {heads.map((name, index) => (
              <th key={`${index} ${name}`} scope="col" className={index > 0 ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {total && <Row row={total} className="total" />}
          {rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row: { head, cells }, className }: { row: TableRow; className?: string }) {
  return (
    <tr className={className}>
      <th scope="row">{head}</th>
      {cells.map(({ text, to, shade = 0, note }, index) => (
        <td
          key={index}
          className={note === undefined ? 'number' : 'number not-whole'}
          {...(shade > 0 && { style: { '--shade': `${Math.round(shadeOf(shade, 1) * 36)}%` } as object, 'data-shaded': '' })}
        >
          {to === undefined ? (
            text
          ) : (
            <Link to={to} preventScrollReset>
              {text}
            </Link>
          )}
          {note !== undefined && <span className="hidden"> {note}</span>}
        </td>
      ))}
    </tr>
  );
}
