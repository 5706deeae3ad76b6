import { Form, Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../lib/language.ts';
import { ErrorNote } from './error-state.tsx';
import { useOptionalMark } from './form.tsx';

interface DialogProps {
  title: string;
  /** The act and its object: "Ship order SO-1", never "OK". */
  act: string;
  /** What the way out says, where "Cancel" would be read as the act. */
  wayOut?: string;
  isOpen: boolean;
  isDanger?: boolean;
  isBusy: boolean;
  error: unknown;
  onClose: () => void;
  onAct: () => void;
  children?: ReactNode;
  width?: number;
}

/** Asks before something that matters; what goes wrong is told inside, and the entries stay. */
export function Dialog({
  title,
  act,
  wayOut,
  isOpen,
  isDanger = false,
  isBusy,
  error,
  onClose,
  onAct,
  children,
  width = 520,
}: DialogProps) {
  const words = useWords();
  return (
    <Modal
      title={title}
      open={isOpen}
      onCancel={onClose}
      onOk={onAct}
      okText={act}
      cancelText={wayOut ?? words('act.cancel')}
      okButtonProps={{ danger: isDanger, loading: isBusy }}
      destroyOnHidden
      width={width}
    >
      {children}
      <ErrorNote error={error} />
    </Modal>
  );
}

interface FormDialogProps<Values extends object> extends Omit<DialogProps, 'onAct'> {
  form: FormInstance<Values>;
  initial: Partial<Values>;
  onSubmit: (values: Values) => void;
}

/** A dialog that is a form: Enter submits, fields are checked on submit and after the first edit, focus goes to the first wrong one. */
export function FormDialog<Values extends object>({ form, initial, onSubmit, children, ...rest }: FormDialogProps<Values>) {
  const requiredMark = useOptionalMark();
  return (
    <Dialog {...rest} onAct={() => form.submit()}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={requiredMark}
        initialValues={initial}
        validateTrigger="onBlur"
        scrollToFirstError={{ focus: true }}
        onFinish={onSubmit}
        preserve={false}
      >
        {children}
      </Form>
    </Dialog>
  );
}
