import type { collection } from '@tongshang/contract';

type Property = collection.PlannedProperty;
export type PlanType = (typeof collection.planTypes)[number];

/** A property while it is edited. */
export interface DraftRow {
  key: number;
  name: string;
  type: PlanType;
  isRequired: boolean;
}
/** `items`: what each entry of a list carries; undefined where nobody says. Kept while the type is another for a moment. */
export interface DraftProperty extends DraftRow {
  items: DraftRow[] | undefined;
}

export const propertiesMax = 100;
export const itemsMax = 60;

/** The plan as the editor holds it: each row with a key of its own. */
export function draftOf(properties: readonly Property[]): DraftProperty[] {
  let key = 0;
  return properties.map(({ items, ...property }) => ({
    ...property,
    key: key++,
    items: items?.map((item) => ({ ...item, key: key++ })),
  }));
}

/** A row that is not there yet, with a key that none of the others has. */
export const newRow = (rows: readonly DraftProperty[]): DraftRow => ({
  key: Math.max(-1, ...rows.flatMap(({ key, items = [] }) => [key, ...items.map((item) => item.key)])) + 1,
  name: '',
  type: 'text',
  isRequired: false,
});

/** The rows as the contract wants them. What entries carry belongs to lists alone. */
export const propertiesOf = (rows: readonly DraftProperty[]): Property[] =>
  rows.map((row) => ({
    ...plainOf(row),
    ...(row.type === 'list' && row.items !== undefined && { items: row.items.map(plainOf) }),
  }));

const plainOf = ({ name, type, isRequired }: DraftRow) => ({ name: name.trim(), type, isRequired });

export interface RowFault {
  fault: 'name' | 'repeated';
  /** Its place in the editor, counted from 1 with the rows of entries. */
  at: number;
  name: string;
  key: number;
}

/** Rows without a name, and names that stand twice beside each other. */
export function faultsOf(rows: readonly DraftProperty[]): RowFault[] {
  const faults: RowFault[] = [];
  let at = 0;
  const look = (row: DraftRow, seen: Set<string>, list?: string): void => {
    const name = row.name.trim();
    at += 1;
    const told = list === undefined ? name : `${list}[].${name}`;
    if (name === '') faults.push({ fault: 'name', at, name: told, key: row.key });
    else if (seen.has(name)) faults.push({ fault: 'repeated', at, name: told, key: row.key });
    seen.add(name);
  };
  const names = new Set<string>();
  for (const row of rows) {
    look(row, names);
    if (row.type !== 'list') continue;
    const inside = new Set<string>();
    for (const item of row.items ?? []) look(item, inside, row.name.trim());
  }
  return faults;
}
