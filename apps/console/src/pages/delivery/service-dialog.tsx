import { delivery } from '@tongshang/contract';
import { storages } from '@tongshang/ui';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { MoneyInput, NumberInput } from '../../parts/labelled.tsx';
import { type DraftRow, emptyRow, faultsOf, rowsOf, type Service } from './price-rows.ts';
import '../../supply.css';

interface ServiceForm {
  code?: string;
  name: string;
  nameEn?: string;
  storages: Service['storages'];
  maximumKg: number;
  isActive: boolean;
}

interface ServiceDialogProps {
  carrier: string;
  service: Service | undefined;
  zones: readonly string[];
  onClose: () => void;
}

/** A service with its price table: a row a zone, first weight and each further step. */
export function ServiceDialog({ carrier, service, zones, onClose }: ServiceDialogProps) {
  const words = useWords();
  const term = useTerm();
  const [form] = Form.useForm<ServiceForm>();
  const [rows, setRows] = useState<DraftRow[]>(() =>
    service
      ? service.prices.map((row, key) => ({ ...row, key }))
      : (zones.length > 0 ? zones : ['']).map((zone, key) => ({ ...emptyRow(key), zone })),
  );
  const [isTried, setTried] = useState(false);
  const save = useSend(delivery.saveService, [delivery.listCarriers, delivery.quoteParcel]);
  const faults = faultsOf(rows);
  const submit = ({ code, maximumKg, nameEn, ...rest }: ServiceForm) => {
    setTried(true);
    if (faults.size > 0) return;
    save.mutate(
      {
        params: { service: service?.code ?? code?.trim() ?? '' },
        body: { ...rest, carrier, nameEn: nameEn ?? '', maximumGrams: Math.round(maximumKg * 1000), prices: rowsOf(rows) },
      },
      {
        onSuccess: (saved) => {
          toast(words('shipping.serviceToast', { name: saved.name }));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog<ServiceForm>
      form={form}
      title={words(service ? 'shipping.editService' : 'shipping.addService')}
      act={words('shipping.saveService')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={
        service
          ? { ...service, maximumKg: service.maximumGrams / 1000 }
          : { storages: ['ambient'], maximumKg: 30, isActive: true }
      }
      onClose={onClose}
      onSubmit={submit}
      width={860}
    >
      {service === undefined && (
        <Field
          name="code"
          label={words('shipping.code')}
          help={words('shipping.codeHelp')}
          rules={[{ pattern: /^[A-Za-z0-9_-]{1,24}$/, message: words('shipping.codeWrong') }]}
        >
          <Input maxLength={24} autoComplete="off" />
        </Field>
      )}
      <div className="field-pair">
        <Field name="name" label={words('shipping.name')}>
          <Input maxLength={60} />
        </Field>
        <Field name="nameEn" label={words('shipping.nameEn')} isOptional>
          <Input maxLength={60} lang="en" />
        </Field>
      </div>
      <div className="field-pair">
        <Field name="storages" label={words('floor.storage')}>
          <Select mode="multiple" options={delivery.storages.map((value) => ({ value, label: term(storages, value) }))} />
        </Field>
        <Field name="maximumKg" label={words('shipping.maximum')}>
          <InputNumber min={0.001} max={1000} suffix={words('shipping.kg')} />
        </Field>
      </div>
      <Form.Item name="isActive" valuePropName="checked">
        <Checkbox>{words('shipping.isActive')}</Checkbox>
      </Form.Item>
      <PriceGrid rows={rows} onChange={setRows} faults={isTried ? faults : undefined} />
    </FormDialog>
  );
}

interface PriceGridProps {
  rows: DraftRow[];
  onChange: (rows: DraftRow[]) => void;
  /** What is wrong where; undefined while nobody has tried to save. */
  faults: ReturnType<typeof faultsOf> | undefined;
}

function PriceGrid({ rows, onChange, faults }: PriceGridProps) {
  const words = useWords();
  const set = (key: number, change: Partial<DraftRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const add = () => onChange([...rows, emptyRow(Math.max(-1, ...rows.map(({ key }) => key)) + 1)]);
  return (
    <fieldset className="plain-set">
      <legend>{words('shipping.prices')}</legend>
      <p className="third">{words('shipping.pricesHelp')}</p>
      <div className="table-area" role="region" aria-label={words('shipping.prices')} tabIndex={0}>
        <table className="table table-compact price-grid">
          <thead>
            <tr>
              {(['zone', 'first', 'firstPrice', 'step', 'stepPrice', 'days'] as const).map((head) => (
                <th key={head} scope="col">
                  {words(`shipping.head.${head}`)}
                </th>
              ))}
              <th scope="col">
                <span className="hidden">{words('list.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PriceLine
                key={row.key}
                row={row}
                onChange={(change) => set(row.key, change)}
                onRemove={() => onChange(rows.filter((one) => one !== row))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {faults !== undefined && faults.size > 0 && (
        <p className="error-note" role="alert">
          {[...faults]
            .map(([key, fault]) => words(`shipping.fault.${fault}`, { row: rows.findIndex((row) => row.key === key) + 1 }))
            .join(words('list.comma'))}
        </p>
      )}
      <Button onClick={add}>{words('shipping.addZone')}</Button>
    </fieldset>
  );
}

interface PriceLineProps {
  row: DraftRow;
  onChange: (change: Partial<DraftRow>) => void;
  onRemove: () => void;
}

function PriceLine({ row, onChange, onRemove }: PriceLineProps) {
  const words = useWords();
  const zone = row.zone.trim() || '—';
  const wire = (head: 'zone' | 'first' | 'firstPrice' | 'step' | 'stepPrice' | 'days') => ({
    id: `price-${row.key}-${head}`,
    disabled: false,
    'aria-label': words('shipping.fieldOf', { field: words(`shipping.head.${head}`), zone }),
  });
  return (
    <tr>
      <td>
        <Input
          {...wire('zone')}
          className="zone-field"
          maxLength={16}
          value={row.zone}
          onChange={({ target }) => onChange({ zone: target.value })}
        />
      </td>
      <td>
        <NumberInput
          {...wire('first')}
          min={1}
          max={100_000}
          value={row.firstGrams}
          onChange={(firstGrams) => onChange({ firstGrams })}
        />
      </td>
      <td>
        <MoneyInput {...wire('firstPrice')} value={row.firstFen} onChange={(firstFen) => onChange({ firstFen })} />
      </td>
      <td>
        <NumberInput
          {...wire('step')}
          min={1}
          max={100_000}
          value={row.stepGrams}
          onChange={(stepGrams) => onChange({ stepGrams })}
        />
      </td>
      <td>
        <MoneyInput {...wire('stepPrice')} value={row.stepFen} onChange={(stepFen) => onChange({ stepFen })} />
      </td>
      <td>
        <NumberInput {...wire('days')} min={0} max={60} value={row.days} onChange={(days) => onChange({ days })} />
      </td>
      <td>
        <Button type="link" size="small" aria-label={words('shipping.removeZone', { zone })} onClick={onRemove}>
          {words('shipping.remove')}
        </Button>
      </td>
    </tr>
  );
}
