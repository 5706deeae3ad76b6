import { useQuery } from '@tanstack/react-query';
import { catalog, playbooks } from '@tongshang/contract';
import { playbookKinds } from '@tongshang/ui';
import { Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { q, useSend } from '../../lib/api.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';

type Kind = (typeof playbooks.playbookKinds)[number];

/** Has a playbook look at one SKU or category now; somebody else approves what it proposes. */
export function ProposeDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>('cover');
  const [form] = Form.useForm<{ sku?: string; category?: string }>();
  const categories = useQuery(q(catalog.listCategories));
  const propose = useSend(playbooks.proposeDecision, [playbooks.listDecisions]);
  return (
    <FormDialog<{ sku?: string; category?: string }>
      form={form}
      title={words('decisions.propose')}
      act={words('decisions.proposeAct')}
      isOpen
      isBusy={propose.isPending}
      error={propose.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ sku = '', category = '' }) =>
        propose.mutate(
          { body: kind === 'cover' ? { playbook: 'cover', sku: sku.trim() } : { playbook: 'slow_mover', category } },
          {
            onSuccess: (decision) => {
              toast(words('decisions.proposedToast', { number: decision.number }));
              void navigate(`/steer/decisions/${decision.id}`);
            },
          },
        )
      }
    >
      <Form.Item label={words('decisions.playbook')}>
        <Segmented<Kind>
          value={kind}
          onChange={setKind}
          options={playbooks.playbookKinds.map((value) => ({ value, label: term(playbookKinds, value) }))}
        />
      </Form.Item>
      {kind === 'cover' ? (
        <Field name="sku" label="SKU">
          <Input autoComplete="off" maxLength={64} />
        </Field>
      ) : (
        <Field name="category" label={words('decisions.category')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={categories.data?.items.map((one) => ({ value: one.code, label: name(one) })) ?? []}
          />
        </Field>
      )}
    </FormDialog>
  );
}
