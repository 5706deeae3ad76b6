import { collection } from '@tongshang/contract';
import { planTypes } from '@tongshang/ui';
import { Button, Input, Select } from 'antd';
import { Fragment } from 'react';
import { useTerm, useWords } from '../../lib/language.ts';
import { type DraftProperty, type DraftRow, faultsOf, itemsMax, newRow, propertiesMax } from './plan-rows.ts';

interface PlanGridProps {
  rows: readonly DraftProperty[];
  onChange: (rows: DraftProperty[]) => void;
  /** Whether somebody has tried to save: before that nothing is called wrong. */
  isTried: boolean;
}

/** Properties of an event, one a row; below a list what each of its entries carries. */
export function PlanGrid({ rows, onChange, isTried }: PlanGridProps) {
  const words = useWords();
  const faults = isTried ? faultsOf(rows) : [];
  const wrong = new Set(faults.map(({ key }) => key));
  const set = (key: number, change: Partial<DraftProperty>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <fieldset className="plain-set">
      <legend>{words('plan.properties')}</legend>
      {rows.length > 0 && (
        <div className="table-area" role="region" aria-label={words('plan.properties')} tabIndex={0}>
          <table className="table table-compact plan-grid">
            <thead>
              <tr>
                <th scope="col">{words('plan.property')}</th>
                <th scope="col">{words('plan.type')}</th>
                <th scope="col">{words('plan.required')}</th>
                <th scope="col">
                  <span className="hidden">{words('list.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <Fragment key={row.key}>
                  <PropertyLine
                    row={row}
                    at={at + 1}
                    isWrong={wrong.has(row.key)}
                    onChange={(change) => set(row.key, change)}
                    onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
                  />
                  {row.type === 'list' && (
                    <ItemLines row={row} wrong={wrong} next={newRow(rows)} onItems={(items) => set(row.key, { items })} />
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {faults.length > 0 && (
        <p className="error-note" role="alert">
          {faults.map(({ fault, at, name, list }) => words(`plan.fault.${fault}`, { at, name, list })).join(words('list.comma'))}
        </p>
      )}
      {rows.length < propertiesMax && (
        <Button onClick={() => onChange([...rows, { ...newRow(rows), items: undefined }])}>{words('plan.addProperty')}</Button>
      )}
    </fieldset>
  );
}

interface ItemLinesProps {
  row: DraftProperty;
  wrong: ReadonlySet<number>;
  next: DraftRow;
  onItems: (items: DraftRow[] | undefined) => void;
}

/** What each entry of a list carries. */
function ItemLines({ row, wrong, next, onItems }: ItemLinesProps) {
  const words = useWords();
  const items = row.items ?? [];
  const list = row.name.trim() || '—';
  const without = (key: number): DraftRow[] | undefined => {
    const left = items.filter((item) => item.key !== key);
    return left.length === 0 ? undefined : left;
  };
  return (
    <>
      {items.map((item, at) => (
        <PropertyLine
          key={item.key}
          row={item}
          at={at + 1}
          list={list}
          isWrong={wrong.has(item.key)}
          onChange={(change) => onItems(items.map((one) => (one.key === item.key ? { ...one, ...change } : one)))}
          onRemove={() => onItems(without(item.key))}
        />
      ))}
      {items.length < itemsMax && (
        <tr className="plan-item">
          <td colSpan={4}>
            <Button
              type="link"
              size="small"
              aria-label={words('plan.addItemOf', { name: list })}
              onClick={() => onItems([...items, next])}
            >
              {words('plan.addItem')}
            </Button>
          </td>
        </tr>
      )}
    </>
  );
}

interface PropertyLineProps {
  row: DraftRow;
  at: number;
  /** The list whose entries carry it. */
  list?: string;
  isWrong: boolean;
  onChange: (change: Partial<DraftRow>) => void;
  onRemove: () => void;
}

function PropertyLine({ row, at, list, isWrong, onChange, onRemove }: PropertyLineProps) {
  const words = useWords();
  const term = useTerm();
  const own = row.name.trim() || '—';
  const name = list === undefined ? own : `${list}[].${own}`;
  const label = words('plan.nameAt', { at });
  return (
    <tr className={list === undefined ? undefined : 'plan-item'}>
      <td>
        <Input
          aria-label={list === undefined ? label : `${words('plan.itemOf', { list })}: ${label}`}
          maxLength={100}
          autoComplete="off"
          value={row.name}
          onChange={({ target }) => onChange({ name: target.value })}
          {...(isWrong && { 'aria-invalid': true, status: 'error' as const })}
        />
      </td>
      <td>
        <Select
          aria-label={words('plan.typeOf', { name })}
          value={row.type}
          options={collection.planTypes.map((value) => ({ value, label: term(planTypes, value) }))}
          onChange={(type) => onChange({ type })}
        />
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={words('plan.requiredOf', { name })}
          checked={row.isRequired}
          onChange={({ target }) => onChange({ isRequired: target.checked })}
        />
      </td>
      <td>
        <Button type="link" size="small" aria-label={words('plan.removeOf', { name })} onClick={onRemove}>
          {words('plan.remove')}
        </Button>
      </td>
    </tr>
  );
}
