import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type BodyOf, valuation } from '@tongshang/contract';
import { landedCostBases, landedCostKinds, parseMoney } from '@tongshang/ui';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { ask, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { useRested } from '../../../lib/rested.ts';
import { toast } from '../../../lib/toast.ts';
import { ErrorNote, ErrorState } from '../../../parts/error-state.tsx';
import { Field, fenOf, MoneyField, useOptionalMark } from '../../../parts/form.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { ObjectPage, Section } from '../../../parts/object-page.tsx';
import { LandedSplit } from './landed-split.tsx';
import { ReceiptSelect } from './receipt-select.tsx';
import '../../../supply.css';

export const loader = () => null;

type Kind = (typeof valuation.landedCostKinds)[number];
type Basis = (typeof valuation.landedCostBases)[number];
interface CostForm {
  cause: string;
  kind: Kind;
  amount: string;
  basis: Basis;
  reference?: string;
  note?: string;
}
type Asked = BodyOf<typeof valuation.previewLandedCost>;

const changed = [valuation.listLandedCosts, valuation.listReceipts, valuation.getStockValue, valuation.previewLandedCost];

/** Adds a cost to a receipt; what it does to stock and to what was sold is shown before it is booked. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const navigate = useNavigate();
  const requiredMark = useOptionalMark();
  const [url] = useSearchParams();
  const [form] = Form.useForm<CostForm>();
  const book = useSend(valuation.bookLandedCost, changed);
  const { asked, preview } = usePreview(useRested(useAsked(form), 400));
  const submit = ({ amount, reference, note, ...rest }: CostForm) =>
    book.mutate(
      { body: { ...rest, amountFen: fenOf(amount), ...(reference && { reference }), ...(note && { note }) } },
      {
        onSuccess: (cost) => {
          toast(
            words('landed.bookedToast', {
              number: cost.number,
              stock: f.money(cost.toStockFen),
              sold: f.money(cost.toVarianceFen),
            }),
          );
          void navigate(`/supply/purchases/landed-costs/${cost.id}`);
        },
      },
    );
  return (
    <ObjectPage
      title={words('landed.add')}
      module={words('landed.title')}
      back={{ to: '/supply/purchases/landed-costs', text: words('landed.title') }}
      facts={words('landed.addAbout')}
    >
      <Section title={words('landed.cost')}>
        <Form<CostForm>
          form={form}
          layout="vertical"
          className="narrow-form"
          requiredMark={requiredMark}
          validateTrigger="onBlur"
          scrollToFirstError={{ focus: true }}
          initialValues={{ kind: 'freight', basis: 'value', ...(url.get('cause') && { cause: url.get('cause') }) }}
          onFinish={submit}
        >
          <Field name="cause" label={words('landed.receipt')} help={words('landed.receiptHelp')}>
            <ReceiptSelect />
          </Field>
          <div className="field-pair">
            <Field name="kind" label={words('landed.kind')}>
              <Select options={valuation.landedCostKinds.map((value) => ({ value, label: term(landedCostKinds, value) }))} />
            </Field>
            <MoneyField
              name="amount"
              label={words('landed.amount')}
              rules={[{ validator: (_, text: string) => notZero(text, words('landed.amountZero')) }]}
            />
          </div>
          <Field name="basis" label={words('landed.basis')} help={words('landed.basisHelp')}>
            <Radio.Group options={valuation.landedCostBases.map((value) => ({ value, label: term(landedCostBases, value) }))} />
          </Field>
          <Field name="reference" label={words('landed.reference')} isOptional help={words('landed.referenceHelp')}>
            <Input maxLength={100} autoComplete="off" />
          </Field>
          <Field name="note" label={words('landed.note')} isOptional>
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
        </Form>
      </Section>
      <Section title={words('landed.splitBefore')}>
        {preview.error ? (
          <ErrorState error={preview.error} retry={() => void preview.refetch()} />
        ) : asked === undefined || preview.data === undefined ? (
          <p className="second" aria-live="polite">
            {words(preview.isFetching ? 'state.loading' : 'landed.splitWaits')}
          </p>
        ) : (
          <div className={preview.isFetching ? 'busy' : undefined} aria-live="polite">
            <LandedSplit amountFen={asked.amountFen} split={preview.data} caption={words('landed.splitBefore')} />
            <p className="third">{words('landed.splitNote')}</p>
          </div>
        )}
        <ErrorNote error={book.error} />
        <div className="row form-end">
          <MayButton need="inventory.approve" type="primary" loading={book.isPending} onClick={() => form.submit()}>
            {asked === undefined ? words('landed.book') : words('landed.bookAct', { amount: f.money(asked.amountFen) })}
          </MayButton>
          <Button onClick={() => void navigate('/supply/purchases/landed-costs')}>{words('act.cancel')}</Button>
        </div>
      </Section>
    </ObjectPage>
  );
}

const notZero = (text: string | undefined, sentence: string): Promise<void> =>
  text && parseMoney(text) !== undefined && fenOf(text) < 1 ? Promise.reject(new Error(sentence)) : Promise.resolve();

/** What the form asks about as soon as it can be asked; the text of it, so that a pause in typing can be waited for. */
function useAsked(form: ReturnType<typeof Form.useForm<CostForm>>[0]): string {
  const cause = Form.useWatch('cause', form);
  const amount = Form.useWatch('amount', form);
  const basis = Form.useWatch('basis', form);
  const amountFen = parseMoney(amount ?? '');
  return !cause || amountFen === undefined || amountFen < 1 ? '' : JSON.stringify({ cause, amountFen, basis } satisfies Asked);
}

/** The split of what was asked; the last one stays while the next is reckoned. */
function usePreview(text: string) {
  const asked = text === '' ? undefined : (JSON.parse(text) as Asked);
  const body = asked ?? { cause: '-', amountFen: 1 };
  const preview = useQuery({
    ...ask(valuation.previewLandedCost, { body }),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  });
  return { asked, preview };
}
