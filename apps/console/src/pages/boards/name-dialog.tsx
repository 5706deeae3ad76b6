import { Checkbox, Form } from 'antd';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { NamesFields, type NamesForm, namesIn, namesOf } from './names-fields.tsx';

interface Values extends NamesForm {
  isShared?: boolean;
}

interface NameDialogProps {
  title: string;
  act: string;
  initial: { name: { zh: string; en: string } | undefined; isShared: boolean };
  /** Whether sharing is asked too. */
  asksShared: boolean;
  isBusy: boolean;
  error: unknown;
  onClose: () => void;
  onSubmit: (named: { name: { zh: string; en: string }; isShared: boolean }) => void;
}

/** Asks for the name of a board and whether others see it. */
export function NameDialog({ title, act, initial, asksShared, isBusy, error, onClose, onSubmit }: NameDialogProps) {
  const words = useWords();
  const [form] = Form.useForm<Values>();
  const mayShare = useMay()('boards.share');
  return (
    <FormDialog<Values>
      title={title}
      act={act}
      isOpen
      form={form}
      initial={{ ...(initial.name && namesIn(initial.name)), isShared: initial.isShared }}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onSubmit={(values) => onSubmit({ name: namesOf(values), isShared: values.isShared ?? initial.isShared })}
    >
      <NamesFields label={words('boards.name')} />
      {asksShared && mayShare && (
        <Form.Item name="isShared" valuePropName="checked">
          <Checkbox>{words('boards.shareWithAll')}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}
