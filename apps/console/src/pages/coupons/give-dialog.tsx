import { useQuery } from '@tanstack/react-query';
import { customers, promotions } from '@tongshang/contract';
import { Form, Radio, Select } from 'antd';
import { q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { CustomerPicker } from '../../parts/pickers.tsx';
import type { Batch } from './batch-page.tsx';

interface GiveForm {
  to: 'segment' | 'customers';
  segment?: string;
  customerIds?: string[];
}

/** One code each for the customers of a segment, or for those named; who has as many as allowed gets none. */
export function GiveDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  const [form] = Form.useForm<GiveForm>();
  const give = useSend(promotions.giveCoupons, [
    promotions.getCouponBatch,
    promotions.listCouponBatches,
    promotions.lookUpCoupon,
  ]);
  const { data: segments } = useQuery(q(customers.listSegments));
  const to = Form.useWatch('to', form) ?? 'segment';
  const code = Form.useWatch('segment', form);
  const segment = segments?.items.find((one) => one.code === code);
  const submit = ({ to: target, segment: chosen = '', customerIds = [] }: GiveForm) =>
    give.mutate(
      { params: { id: batch.id }, body: target === 'segment' ? { segment: chosen } : { customerIds } },
      {
        onSuccess: ({ given, had }) => {
          toast(words('coupons.givenToast', { given: count(given), had: count(had) }));
          onClose();
        },
      },
    );
  const left = batch.size - batch.given;
  return (
    <FormDialog<GiveForm>
      form={form}
      title={words('coupons.giveTitle', { name: batch.name })}
      act={words('coupons.giveAct')}
      isOpen
      isBusy={give.isPending}
      error={give.error}
      initial={{ to: 'segment' }}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="dialog-text">
        {batch.code === null ? words('coupons.giveText', { left: count(left) }) : words('coupons.giveWordText')}
      </p>
      <Form.Item name="to" label={words('coupons.giveTo')}>
        <Radio.Group
          options={[
            { value: 'segment', label: words('coupons.toSegment') },
            { value: 'customers', label: words('coupons.toCustomers') },
          ]}
        />
      </Form.Item>
      {to === 'segment' ? (
        <Field
          name="segment"
          label={words('promo.segments')}
          help={segment && words('coupons.segmentSize', { count: count(segment.members) })}
        >
          <Select
            placeholder={words('picker.choose')}
            notFoundContent={words('coupons.noSegments')}
            options={segments?.items.map((one) => ({ value: one.code, label: name(one) })) ?? []}
          />
        </Field>
      ) : (
        <Field name="customerIds" label={words('coupons.toCustomers')}>
          <CustomersField />
        </Field>
      )}
    </FormDialog>
  );
}

/** The form gives id, value and onChange. */
function CustomersField({
  id = '',
  value = [],
  onChange,
}: {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
}) {
  return <CustomerPicker id={id} disabled={false} value={value} onChange={(ids) => onChange?.(ids)} />;
}
