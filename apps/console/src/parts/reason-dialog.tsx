import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../lib/language.ts';
import { FormDialog } from './dialog.tsx';
import { Field } from './form.tsx';

interface ReasonDialogProps {
  title: string;
  act: string;
  wayOut?: string;
  isBusy: boolean;
  error: unknown;
  onClose: () => void;
  onReason: (reason: string) => void;
  /** Characters that a reason may have. */
  lengthMax?: number;
  /** What it does, and what it leaves alone. */
  children: ReactNode;
}

/** Calls something off: says what that means and asks why. */
export function ReasonDialog({ onReason, children, lengthMax = 500, ...dialog }: ReasonDialogProps) {
  const words = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <FormDialog<{ reason: string }>
      {...dialog}
      form={form}
      isOpen
      isDanger
      initial={{}}
      onSubmit={({ reason }) => onReason(reason)}
    >
      <p className="dialog-text">{children}</p>
      <Field name="reason" label={words('form.reason')}>
        <Input.TextArea rows={2} maxLength={lengthMax} />
      </Field>
    </FormDialog>
  );
}
