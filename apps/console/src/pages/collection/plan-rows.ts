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
  fault: 'name' | 'itemName' | 'repeated';
  /** Its place among those beside it, counted from 1. */
  at: number;
  /** `products[].price` */
  name: string;
  /** The list whose entries carry it; empty for a property of the event itself. */
  list: string;
  key: number;
}

/** Rows without a name, and names that stand twice beside each other. */
export const faultsOf = (rows: readonly DraftProperty[]): RowFault[] => [
  ...faultsAmong(rows, ''),
  ...rows.flatMap(({ type, items, name }) => (type === 'list' ? faultsAmong(items ?? [], name.trim() || '—') : [])),
];

function faultsAmong(rows: readonly DraftRow[], list: string): RowFault[] {
  const seen = new Set<string>();
  return rows.flatMap(({ key, ...row }, index): RowFault[] => {
    const name = row.name.trim();
    const isRepeated = seen.has(name);
    seen.add(name);
    const place = { at: index + 1, name: list === '' ? name : `${list}[].${name}`, list, key };
    if (name === '') return [{ fault: list === '' ? 'name' : 'itemName', ...place }];
    return isRepeated ? [{ fault: 'repeated', ...place }] : [];
  });
}
