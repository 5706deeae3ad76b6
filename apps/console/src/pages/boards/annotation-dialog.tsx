import { boards } from '@tongshang/contract';
import { annotationKindWords, say } from '@tongshang/ui';
import { Form, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { DayField, dayIn } from '../../parts/day-field.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { NamesFields, type NamesForm, namesIn, namesOf } from './names-fields.tsx';

interface Values extends NamesForm {
  kind: boards.Annotation['kind'];
  from: string;
  to?: string;
}

/** Writes, or corrects, what every chart over these days shows. */
export function AnnotationDialog({
  annotation,
  today,
  onClose,
}: {
  annotation: boards.Annotation | undefined;
  today: string;
  onClose: () => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const add = useSend(boards.addAnnotation, [boards.listAnnotations]);
  const change = useSend(boards.changeAnnotation, [boards.listAnnotations]);
  const submit = ({ kind, from, to, ...names }: Values): void => {
    const body = { kind, from: dayIn(from), to: dayIn(to?.trim() ? to : from), title: namesOf(names) };
    const onSuccess = () => {
      toast(words('annotations.saved', { name: say(body.title, language) }));
      onClose();
    };
    if (annotation === undefined) add.mutate({ body }, { onSuccess });
    else change.mutate({ params: { id: annotation.id }, body: { ...body, version: annotation.version } }, { onSuccess });
  };
  return (
    <FormDialog<Values>
      title={words(annotation === undefined ? 'annotations.add' : 'annotations.edit')}
      act={words(annotation === undefined ? 'annotations.addAct' : 'annotations.saveAct')}
      isOpen
      form={form}
      initial={{
        kind: annotation?.kind ?? 'note',
        from: annotation?.from ?? today,
        ...(annotation && annotation.to !== annotation.from && { to: annotation.to }),
        ...(annotation && namesIn(annotation.title)),
      }}
      isBusy={add.isPending || change.isPending}
      error={add.error ?? change.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field name="kind" label={words('annotations.kind')}>
        <Select options={boards.annotationKinds.map((value) => ({ value, label: say(annotationKindWords[value], language) }))} />
      </Field>
      <NamesFields label={words('annotations.title')} />
      <DayField name="from" label={words('annotations.from')} />
      <DayField name="to" label={words('annotations.to')} isOptional help={words('annotations.toHelp')} />
    </FormDialog>
  );
}
