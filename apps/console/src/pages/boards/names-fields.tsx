import { Input } from 'antd';
import { useWords } from '../../lib/language.ts';
import { Field } from '../../parts/form.tsx';

export interface NamesForm {
  zh: string;
  en?: string;
}

/** A name in both languages; who writes but one has it in both. */
export const namesOf = ({ zh, en }: NamesForm) => ({ zh: zh.trim(), en: en?.trim() || zh.trim() });
/** The other way: an English name that is the Chinese one was never written. */
export const namesIn = (names: { zh: string; en: string }): NamesForm => ({
  zh: names.zh,
  ...(names.en !== names.zh && { en: names.en }),
});

/** The two name fields of a form. */
export function NamesFields({ label, isOptional = false }: { label: string; isOptional?: boolean }) {
  const words = useWords();
  return (
    <>
      <Field name="zh" label={label} isOptional={isOptional}>
        <Input maxLength={80} autoComplete="off" />
      </Field>
      <Field name="en" label={words('boards.nameEn')} isOptional>
        <Input maxLength={80} autoComplete="off" />
      </Field>
    </>
  );
}
