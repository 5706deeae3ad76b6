import { useSuspenseQuery } from '@tanstack/react-query';
import { lots, type ReplyOf } from '@tongshang/contract';
import { channels } from '@tongshang/ui';
import { Form, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { q, useSend } from '../../../lib/api.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { Section } from '../../../parts/object-page.tsx';
import { StockSkuSelect } from '../../../parts/stock-sku-select.tsx';

type Rule = ReplyOf<typeof lots.listChannelRules>['items'][number];

const columns: readonly Column<Rule>[] = [
  { key: 'channel', title: 'earmarks.channel', show: (rule, { term }) => term(channels, rule.channel) },
  { key: 'sku', title: 'stock.sku', show: (rule, { words }) => rule.sku ?? words('earmarks.allSkus') },
  {
    key: 'life',
    title: 'earmarks.minimumLife',
    isNumber: true,
    show: (rule, { f }) => (rule.minimumLifeDays === null ? '—' : f.days(rule.minimumLifeDays)),
  },
  { key: 'buffer', title: 'earmarks.buffer', isNumber: true, show: (rule, { f }) => f.count(rule.buffer) },
  { key: 'by', title: 'earmarks.changedBy', show: (rule, { f }) => `${rule.changedBy} · ${f.instant(rule.changedAt)}` },
];

/** What each channel asks of stock: how long a lot must still live when sold, and how many units it leaves alone. */
export function ChannelRules() {
  const words = useWords();
  const { data } = useSuspenseQuery(q(lots.listChannelRules));
  const [edit, setEdit] = useState<Rule | 'new' | undefined>();
  const add = (
    <MayButton need="inventory.adjust" size="small" onClick={() => setEdit('new')}>
      {words('earmarks.addRule')}
    </MayButton>
  );
  return (
    <Section title={words('earmarks.rules')} extra={add}>
      {data.items.length === 0 ? (
        <p className="second">{words('earmarks.noRules')}</p>
      ) : (
        <DataTable
          caption={words('earmarks.rules')}
          columns={columns}
          rows={data.items}
          rowKey={(rule) => `${rule.channel} ${rule.sku ?? ''}`}
          rowActions={(rule) => (
            <MayButton
              need="inventory.adjust"
              size="small"
              aria-label={words('earmarks.changeOf', { channel: rule.channel, sku: rule.sku ?? '' })}
              onClick={() => setEdit(rule)}
            >
              {words('earmarks.change')}
            </MayButton>
          )}
        />
      )}
      {edit && <RuleDialog rule={edit === 'new' ? undefined : edit} onClose={() => setEdit(undefined)} />}
    </Section>
  );
}

interface RuleForm {
  channel: string;
  sku?: string;
  minimumLifeDays?: number | null;
  buffer?: number | null;
}

function RuleDialog({ rule, onClose }: { rule: Rule | undefined; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const [form] = Form.useForm<RuleForm>();
  const save = useSend(lots.setChannelRule, [lots.listChannelRules, lots.listAvailability, lots.listLotsOnShelf]);
  return (
    <FormDialog<RuleForm>
      form={form}
      title={words(rule ? 'earmarks.changeRule' : 'earmarks.addRule')}
      act={words('earmarks.saveRule')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={
        rule
          ? { channel: rule.channel, sku: rule.sku ?? '', minimumLifeDays: rule.minimumLifeDays, buffer: rule.buffer }
          : { channel: 'shop' }
      }
      onClose={onClose}
      onSubmit={({ channel, sku, minimumLifeDays, buffer }) =>
        save.mutate(
          { body: { channel, sku: sku || null, minimumLifeDays: minimumLifeDays ?? null, buffer: buffer ?? null } },
          {
            onSuccess: () => {
              toast(words('earmarks.ruleToast', { channel: term(channels, channel) }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words('earmarks.ruleText')}</p>
      <Field name="channel" label={words('earmarks.channel')}>
        <Select
          disabled={rule !== undefined}
          options={Object.keys(channels).map((value) => ({ value, label: term(channels, value) }))}
        />
      </Field>
      {rule === undefined && (
        <Field name="sku" label={words('stock.sku')} isOptional help={words('earmarks.skuHelp')}>
          <StockSkuSelect location={undefined} />
        </Field>
      )}
      <div className="field-pair">
        <Field name="minimumLifeDays" label={words('earmarks.minimumLife')} isOptional help={words('earmarks.minimumLifeHelp')}>
          <InputNumber min={0} max={3650} precision={0} />
        </Field>
        <Field name="buffer" label={words('earmarks.buffer')} isOptional help={words('earmarks.bufferHelp')}>
          <InputNumber min={0} max={1_000_000} precision={0} />
        </Field>
      </div>
    </FormDialog>
  );
}
