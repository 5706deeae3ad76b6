import { useQuery } from '@tanstack/react-query';
import { type BodyOf, promotions } from '@tongshang/contract';
import { couponBatchKinds } from '@tongshang/ui';
import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { DayTime } from '../../parts/day-time.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { batchBody, type BatchForm, sizeMax } from './batch-form.ts';

/** New codes of a promotion that needs one: many that work once, or one word that works many times. */
export function BatchDialog({ promotionId, onClose }: { promotionId: string | undefined; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const { count } = useFormat();
  const navigate = useNavigate();
  const [form] = Form.useForm<BatchForm>();
  const create = useSend(promotions.createCouponBatch, [promotions.listCouponBatches, promotions.getCouponBatch]);
  const [from] = useState(() => new Date().toISOString());
  const kind = Form.useWatch('kind', form) ?? 'single';
  const size = Form.useWatch('size', form);
  const submit = (values: BatchForm) =>
    create.mutate(
      { body: batchBody(values) satisfies BodyOf<typeof promotions.createCouponBatch> },
      {
        onSuccess: (batch) => {
          toast(words('coupons.createdToast', { name: batch.name, size: count(batch.size) }));
          void navigate(`/grow/coupons/${batch.id}`);
        },
      },
    );
  return (
    <FormDialog<BatchForm>
      form={form}
      title={words('coupons.newTitle')}
      act={kind === 'single' ? words('coupons.createAct', { size: count(size ?? 1) }) : words('coupons.createWord')}
      isOpen
      isBusy={create.isPending}
      error={create.error}
      width={640}
      initial={{
        kind: 'single',
        size: 1000,
        usesPerCustomer: 1,
        isPublic: false,
        validFrom: from,
        validTo: null,
        ...(promotionId && { promotionId }),
      }}
      onClose={onClose}
      onSubmit={submit}
    >
      <PromotionField />
      <Field name="name" label={words('coupons.name')} help={words('coupons.nameHelp')}>
        <Input maxLength={60} />
      </Field>
      <Form.Item name="kind" label={words('coupons.kind')} required>
        <Radio.Group options={promotions.couponBatchKinds.map((value) => ({ value, label: term(couponBatchKinds, value) }))} />
      </Form.Item>
      {kind === 'single' ? (
        <div className="field-pair">
          <Field name="size" label={words('coupons.size')} help={words('coupons.sizeHelp', { max: count(sizeMax) })}>
            <InputNumber min={1} max={sizeMax} precision={0} />
          </Field>
          <Field
            name="prefix"
            label={words('coupons.prefix')}
            isOptional
            help={words('coupons.prefixHelp')}
            rules={[{ pattern: /^[A-Za-z0-9]{0,8}$/, message: words('coupons.prefixWrong') }]}
          >
            <Input maxLength={8} autoComplete="off" />
          </Field>
        </div>
      ) : (
        <div className="field-pair">
          <Field
            name="code"
            label={words('coupons.word')}
            help={words('coupons.wordHelp')}
            rules={[{ pattern: /^[A-Za-z0-9]{4,24}$/, message: words('coupons.wordWrong') }]}
          >
            <Input maxLength={24} autoComplete="off" />
          </Field>
          <Field name="usesPerCode" label={words('coupons.usesPerCode')} isOptional help={words('coupons.usesPerCodeHelp')}>
            <InputNumber min={1} max={1_000_000_000} precision={0} />
          </Field>
        </div>
      )}
      <Field name="usesPerCustomer" label={words('coupons.usesPerCustomer')} isOptional>
        <InputNumber min={1} max={1_000_000} precision={0} />
      </Field>
      <div className="field-pair">
        <Field name="validFrom" label={words('promo.startsAt')} rules={[{ validator: readable(words('promo.wrong.dayTime')) }]}>
          <InstantField label={words('promo.startsAt')} />
        </Field>
        <Field
          name="validTo"
          label={words('promo.endsAt')}
          isOptional
          help={words('promo.endsAtHelp')}
          rules={[{ validator: readable(words('promo.wrong.dayTime')) }]}
        >
          <InstantField label={words('promo.endsAt')} />
        </Field>
      </div>
      {kind === 'single' && (
        <>
          <Field name="validDays" label={words('coupons.validDays')} isOptional help={words('coupons.validDaysHelp')}>
            <InputNumber min={1} max={366} precision={0} />
          </Field>
          <Form.Item name="isPublic" valuePropName="checked">
            <Checkbox>
              {words('coupons.isPublic')}
              <div className="third">{words('coupons.isPublicHelp')}</div>
            </Checkbox>
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}

const readable = (message: string) => (_rule: unknown, value: string | null | undefined) =>
  value === '' ? Promise.reject(new Error(message)) : Promise.resolve();

/** A control of antd's form for an instant: the form gives id, value and onChange. */
function InstantField({
  label,
  id = '',
  value = null,
  onChange,
}: {
  label: string;
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
}) {
  return <DayTime id={id} label={label} value={value} onChange={(next) => onChange?.(next)} />;
}

function PromotionField() {
  const words = useWords();
  const name = useName();
  const { data } = useQuery(q(promotions.listPromotions, { query: { limit: 200 } }));
  const open = data?.items.filter(({ needsCode, status }) => needsCode && status !== 'ended');
  return (
    <Field name="promotionId" label={words('coupons.promotion')} help={words('coupons.promotionHelp')}>
      <Select
        loading={data === undefined}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={words('picker.choose')}
        notFoundContent={words('promo.noCouponPromotion')}
        options={open?.map((one) => ({ value: one.id, label: `${one.number} ${name(one)}` })) ?? []}
      />
    </Field>
  );
}
