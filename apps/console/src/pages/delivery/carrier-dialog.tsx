import { delivery } from '@tongshang/contract';
import { Checkbox, Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { Carrier } from './carriers-page.tsx';

interface CarrierForm {
  code?: string;
  name: string;
  nameEn?: string;
  phone?: string;
  isActive: boolean;
}

/** A carrier's name and whether it is used; its zones stay as they are. */
export function CarrierDialog({ carrier, onClose }: { carrier: Carrier | undefined; onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<CarrierForm>();
  const save = useSend(delivery.saveCarrier, [delivery.listCarriers, delivery.quoteParcel]);
  return (
    <FormDialog<CarrierForm>
      form={form}
      title={words(carrier ? 'shipping.editCarrier' : 'shipping.addCarrier')}
      act={words('shipping.saveCarrier')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={carrier ?? { isActive: true }}
      onClose={onClose}
      onSubmit={({ code, name, nameEn, phone, isActive }) => {
        const key = carrier?.code ?? code?.trim() ?? '';
        save.mutate(
          {
            params: { carrier: key },
            body: { name, nameEn: nameEn ?? '', phone: phone ?? '', isActive, zones: carrier?.zones ?? [] },
          },
          {
            onSuccess: () => {
              toast(words('shipping.carrierToast', { name }));
              onClose();
              if (carrier === undefined) void navigate(`/supply/shipping/carriers/${key}`);
            },
          },
        );
      }}
    >
      {carrier === undefined && (
        <Field
          name="code"
          label={words('shipping.code')}
          help={words('shipping.codeHelp')}
          rules={[{ pattern: /^[A-Za-z0-9_-]{1,16}$/, message: words('shipping.codeWrong') }]}
        >
          <Input maxLength={16} autoComplete="off" />
        </Field>
      )}
      <Field name="name" label={words('shipping.name')}>
        <Input maxLength={60} />
      </Field>
      <Field name="nameEn" label={words('shipping.nameEn')} isOptional>
        <Input maxLength={60} lang="en" />
      </Field>
      <Field name="phone" label={words('shipping.phone')} isOptional>
        <Input maxLength={30} inputMode="tel" autoComplete="off" />
      </Field>
      <Form.Item name="isActive" valuePropName="checked">
        <Checkbox>{words('shipping.isActive')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
