import { inventory, type ReplyOf } from '@tongshang/contract';
import { correctionKinds, formatMoney } from '@tongshang/ui';
import { Form } from 'antd';
import { useState } from 'react';
import { useSend } from '../../../lib/api.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { fenOf, MoneyField } from '../../../parts/form.tsx';

type Limits = ReplyOf<typeof inventory.getCorrectionLimits>['items'];

/** Up to which value a correction needs nobody else, by kind; only what changed is sent. */
export function LimitsDialog({ limits, onClose }: { limits: Limits; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const [form] = Form.useForm<Record<string, string>>();
  const [error, setError] = useState<unknown>();
  const save = useSend(inventory.setCorrectionLimit, [inventory.getCorrectionLimits]);
  const submit = async (values: Record<string, string>) => {
    try {
      for (const { kind, limitFen, version } of limits) {
        const next = fenOf(values[kind] ?? '');
        if (next !== limitFen) await save.mutateAsync({ params: { kind }, body: { limitFen: next, version } });
      }
      toast(words('adjust.limitsToast'));
      onClose();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <FormDialog<Record<string, string>>
      form={form}
      title={words('adjust.limits')}
      act={words('adjust.saveLimits')}
      isOpen
      isBusy={save.isPending}
      error={error}
      initial={Object.fromEntries(limits.map(({ kind, limitFen }) => [kind, formatMoney(limitFen).replace('¥', '')]))}
      onClose={onClose}
      onSubmit={(values) => void submit(values)}
    >
      <p className="dialog-text">{words('adjust.limitsText')}</p>
      {limits.map(({ kind }) => (
        <MoneyField key={kind} name={kind} label={term(correctionKinds, kind)} />
      ))}
    </FormDialog>
  );
}
