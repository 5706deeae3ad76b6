import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type Format, useFormat } from '../lib/format.ts';
import { type Say, useName, useTerm, useWords } from '../lib/language.ts';
import { usePreferences } from '../lib/preferences.ts';
import type { WordKey } from '../words/keys.ts';

/** What a cell may use to show its value. */
export interface Tools {
  f: Format;
  words: Say;
  term: ReturnType<typeof useTerm>;
  name: ReturnType<typeof useName>;
}

export function useTools(): Tools {
  return { f: useFormat(), words: useWords(), term: useTerm(), name: useName() };
}

/** A column is data: where it stands and how a row shows in it. The first column is the row's header and its link. */
export interface Column<Row> {
  key: string;
  title: WordKey;
  show: (row: Row, tools: Tools) => ReactNode;
  /** What a file for spreadsheets says, where a reader sees more than text. */
  text?: (row: Row, tools: Tools) => string;
  /** Shows only to those who chose it. */
  isExtra?: boolean;
  isNumber?: boolean;
  /** Stays on one line: times and codes. */
  isTight?: boolean;
  /** Where it stands on a narrow screen's card; a column without a place is left out there. */
  card?: 'right' | 'second' | 'status';
}

/** Which rows are ticked, by key. */
export interface Ticks<Row> {
  isTicked: (row: Row) => boolean;
  /** `isRange`: together with every row since the last tick. */
  onTick: (row: Row, isRange: boolean) => void;
  onTickAll: (isOn: boolean) => void;
  /** How a row is called, for its box. */
  nameOf: (row: Row) => string;
}

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  href?: (row: Row) => string;
  rowActions?: (row: Row) => ReactNode;
  foot?: ReactNode;
  ticks?: Ticks<Row> | undefined;
  /** Row height of this table; else the reader's own. */
  density?: 'compact' | 'standard' | 'wide' | null | undefined;
}

/** A real table: caption, scopes, row headers, a sticky head; numbers stand right in tabular figures. */
export function DataTable<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, href, rowActions, foot, ticks } = props;
  const tools = useTools();
  const preferred = usePreferences().density;
  const density = props.density ?? preferred;
  return (
    <div className="table-area" role="region" aria-label={caption} tabIndex={0}>
      <table className={`table table-${density}`}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {ticks && <TickAll rows={rows} ticks={ticks} tools={tools} />}
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.isNumber ? 'number' : undefined}>
                {tools.words(column.title)}
              </th>
            ))}
            {rowActions && (
              <th scope="col" className="acts">
                {tools.words('list.actions')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={ticks?.isTicked(row) ? 'ticked' : undefined}>
              {ticks && (
                <td className="tick">
                  <Tick row={row} ticks={ticks} tools={tools} />
                </td>
              )}
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row">
                    <RowName href={href?.(row)}>{column.show(row, tools)}</RowName>
                  </th>
                ) : (
                  <td key={column.key} className={column.isNumber ? 'number' : column.isTight ? 'tight' : undefined}>
                    {column.show(row, tools)}
                  </td>
                ),
              )}
              {rowActions && <td className="acts">{rowActions(row)}</td>}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

function TickAll<Row>({ rows, ticks, tools }: { rows: readonly Row[]; ticks: Ticks<Row>; tools: Tools }) {
  const ticked = rows.filter((row) => ticks.isTicked(row)).length;
  return (
    <th scope="col" className="tick">
      <input
        type="checkbox"
        aria-label={tools.words('ticks.page')}
        checked={rows.length > 0 && ticked === rows.length}
        ref={(box) => {
          if (box) box.indeterminate = ticked > 0 && ticked < rows.length;
        }}
        onChange={(event) => ticks.onTickAll(event.target.checked)}
      />
    </th>
  );
}

function Tick<Row>({ row, ticks, tools }: { row: Row; ticks: Ticks<Row>; tools: Tools }) {
  return (
    <input
      type="checkbox"
      data-tick
      aria-label={tools.words('ticks.row', { name: ticks.nameOf(row) })}
      checked={ticks.isTicked(row)}
      onChange={(event) => ticks.onTick(row, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
    />
  );
}

function RowName({ href, children }: { href: string | undefined; children: ReactNode }) {
  return href === undefined ? (
    <span data-row tabIndex={-1}>
      {children}
    </span>
  ) : (
    <Link to={href} data-row>
      {children}
    </Link>
  );
}

/** The same rows as two-line cards, for narrow screens. */
export function CardList<Row>({ caption, columns, rows, rowKey, href, rowActions, ticks }: TableProps<Row>) {
  const tools = useTools();
  const [head, ...others] = columns;
  const at = (place: Column<Row>['card']) => others.filter((column) => column.card === place);
  return (
    <ul className="cards" aria-label={caption}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <div className="card-line">
            {ticks && (
              <span className="tick">
                <Tick row={row} ticks={ticks} tools={tools} />
              </span>
            )}
            <strong className="card-name">{head && <RowName href={href?.(row)}>{head.show(row, tools)}</RowName>}</strong>
            <span className="number">
              {at('right').map((column) => (
                <span key={column.key}>{column.show(row, tools)}</span>
              ))}
            </span>
          </div>
          <div className="card-line second">
            <span className="card-parts">
              {at('second').map((column) => (
                <span key={column.key}>{column.show(row, tools)}</span>
              ))}
            </span>
            {at('status').map((column) => (
              <span key={column.key}>{column.show(row, tools)}</span>
            ))}
          </div>
          {rowActions && <div className="row">{rowActions(row)}</div>}
        </li>
      ))}
    </ul>
  );
}
