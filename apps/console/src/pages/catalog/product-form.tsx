import { catalog } from '@tongshang/contract';
import { productStates } from '@tongshang/ui';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import { Section } from '../../parts/object-page.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import type { Product } from './product-page.tsx';

type Texts = Pick<Product, 'name' | 'nameEn' | 'brand' | 'summary' | 'summaryEn' | 'description' | 'descriptionEn' | 'state'>;

/** What shoppers read about a product, in both languages. */
export function ProductForm({ product }: { product: Product }) {
  const words = useWords();
  const term = useTerm();
  const mayEdit = useMay()('catalog.edit');
  const [form] = Form.useForm<Texts>();
  const [isDirty, setDirty] = useState(false);
  const edit = useSend(catalog.editProduct, [catalog.getProduct, catalog.listProducts]);
  const save = (texts: Texts) => {
    const { id, createdAt, updatedAt, ...rest } = product;
    edit.mutate(
      { params: { id }, body: { ...rest, ...texts } },
      {
        onSuccess: () => {
          setDirty(false);
          toast(words('products.savedToast', { name: texts.name }));
        },
      },
    );
  };
  return (
    <Section title={words('products.texts')}>
      <Form<Texts>
        form={form}
        layout="vertical"
        disabled={!mayEdit}
        requiredMark={false}
        initialValues={textsOf(product)}
        scrollToFirstError={{ focus: true }}
        onValuesChange={() => setDirty(true)}
        onFinish={save}
        className="narrow-form"
      >
        <Field name="name" label={words('products.name')}>
          <Input maxLength={200} />
        </Field>
        <Field name="nameEn" label={words('products.nameEn')} isOptional>
          <Input maxLength={200} lang="en" />
        </Field>
        <Field name="brand" label={words('products.brand')} isOptional>
          <Input maxLength={80} />
        </Field>
        <Field name="state" label={words('orders.state')}>
          <Select options={catalog.productStates.map((value) => ({ value, label: term(productStates, value) }))} />
        </Field>
        <Field name="summary" label={words('products.summary')} isOptional>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
        <Field name="summaryEn" label={words('products.summaryEn')} isOptional>
          <Input.TextArea rows={2} maxLength={500} lang="en" />
        </Field>
        <Field name="description" label={words('products.description')} isOptional>
          <Input.TextArea rows={5} maxLength={20_000} />
        </Field>
        <Field name="descriptionEn" label={words('products.descriptionEn')} isOptional>
          <Input.TextArea rows={5} maxLength={20_000} lang="en" />
        </Field>
      </Form>
      <ErrorNote error={edit.error} />
      <SaveBar
        isDirty={isDirty}
        isBusy={edit.isPending}
        onSave={() => form.submit()}
        onDiscard={() => {
          form.resetFields();
          setDirty(false);
        }}
      />
    </Section>
  );
}

const textsOf = ({ name, nameEn, brand, summary, summaryEn, description, descriptionEn, state }: Product): Texts => ({
  name,
  nameEn,
  brand,
  summary,
  summaryEn,
  description,
  descriptionEn,
  state,
});
