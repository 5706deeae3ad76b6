import { useRef, useState } from 'react';
import type { Ticks } from './data-table.tsx';

export interface Ticked<Row> {
  /** In the order of ticking. They stay ticked while one pages and filters. */
  rows: readonly Row[];
  keys: ReadonlySet<string>;
  add: (rows: readonly Row[]) => void;
  keep: (isKept: (key: string) => boolean) => void;
  clear: () => void;
  ticks: Ticks<Row>;
}

/** Ticked rows of a list, kept by key: paging and filtering do not lose them. */
export function useTicks<Row>(page: readonly Row[], keyOf: (row: Row) => string, nameOf: (row: Row) => string): Ticked<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const last = useRef<string>(undefined);
  const change = (rows: readonly Row[], isOn: boolean) =>
    setChosen((now) => {
      const next = new Map(now);
      for (const row of rows) if (isOn) next.set(keyOf(row), row);
      else next.delete(keyOf(row)); // prettier-ignore
      return next;
    });
  const onTick = (row: Row, isRange: boolean) => {
    const at = page.indexOf(row);
    const from = isRange ? page.findIndex((one) => keyOf(one) === last.current) : -1;
    const range = from === -1 ? [row] : page.slice(Math.min(at, from), Math.max(at, from) + 1);
    change(range, !chosen.has(keyOf(row)));
    last.current = keyOf(row);
  };
  return {
    rows: [...chosen.values()],
    keys: new Set(chosen.keys()),
    add: (rows) => change(rows, true),
    keep: (isKept) => setChosen((now) => new Map([...now].filter(([key]) => isKept(key)))),
    clear: () => setChosen(new Map()),
    ticks: { isTicked: (row) => chosen.has(keyOf(row)), onTick, onTickAll: (isOn) => change(page, isOn), nameOf },
  };
}
