import { customers, orders, RefusedError, type ReplyOf } from '@tongshang/contract';
import { parsePhone } from '@tongshang/ui';
import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { client, q, useSend } from '../../lib/api.ts';
import { dropDraft, keepDraft, readDraft } from '../../lib/draft.ts';
import { useName, useWords } from '../../lib/language.ts';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { CustomerField, type OrderCustomer } from './customer-field.tsx';
import { type DraftLine, explainedLines, withOneMore, withoutSku, withQuantity } from './draft-lines.ts';
import { InvoiceFields, type InvoiceForm, invoiceOf } from './invoice-fields.tsx';
import { LineSearch } from './line-search.tsx';
import { OfferFields } from './offer-fields.tsx';
import { PlacedOrder } from './placed-order.tsx';
import { PriceLines } from './price-lines.tsx';
import { QuotePanel } from './quote-panel.tsx';
import { LineProblem } from './quote-notes.tsx';
import { RecipientFields, type RecipientForm, useRegion } from './recipient-fields.tsx';
import { useQuote } from './use-quote.ts';

export const loader = () => client.ensureQueryData(q(customers.listDivisions));

interface Draft {
  customer?: OrderCustomer | undefined;
  lines: DraftLine[];
  couponCodes: string[];
  points: number;
}
interface OrderForm extends RecipientForm {
  note?: string;
  invoice?: InvoiceForm;
}
const nothing: Draft = { lines: [], couponCodes: [], points: 0 };
const draftName = 'staff-order';

/** An order taken for a customer: lines with live prices, where it goes, and the link by which the customer pays. */
export function Page() {
  const words = useWords();
  const [round, setRound] = useState(0);
  const [placed, setPlaced] = useState<ReplyOf<typeof orders.placeStaffOrder> | undefined>();
  return (
    <>
      <PageHead
        title={words('newOrder.title')}
        module={words('nav.orders')}
        about={placed ? undefined : words('newOrder.about')}
      />
      {placed ? (
        <PlacedOrder
          placed={placed}
          onNext={() => {
            setPlaced(undefined);
            setRound(round + 1);
          }}
        />
      ) : (
        <OrderEditor key={round} onPlaced={setPlaced} />
      )}
    </>
  );
}

function OrderEditor({ onPlaced }: { onPlaced: (placed: ReplyOf<typeof orders.placeStaffOrder>) => void }) {
  const words = useWords();
  const [kept] = useState(() => readDraft<{ draft: Draft; form: Partial<OrderForm> }>(draftName));
  const [draft, setDraft] = useState<Draft>(kept?.draft ?? nothing);
  const [form] = Form.useForm<OrderForm>();
  const region = useRegion(form as never);
  const place = useSend(orders.placeStaffOrder, [orders.listOrders, orders.countOrders]);
  const { customer, lines, couponCodes, points } = draft;
  const wanted = {
    ...(customer && { customerId: customer.id }),
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    couponCodes,
    pointsWanted: customer ? points : 0,
  };
  const { quote, isSettled } = useQuote({ channel: 'shop', ...wanted });
  const change = (changes: Partial<Draft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    keepDraft(draftName, { draft: next, form: form.getFieldsValue(true) as OrderForm });
  };
  const clear = () => {
    dropDraft(draftName);
    setDraft(nothing);
    form.resetFields();
  };
  const submit = (values: OrderForm) => {
    if (quote.data === undefined) return;
    const { name: recipient, phone, district, address, note } = values;
    const invoice = invoiceOf(values.invoice);
    place.mutate(
      {
        body: {
          ...wanted,
          recipient: {
            name: recipient,
            phone: parsePhone(phone) ?? phone.trim(),
            region,
            address,
            ...(district !== undefined && { districtCode: district }),
          },
          ...(note && { note }),
          ...(invoice && { invoice }),
          expectedTotalFen: quote.data.price.totalFen,
        },
      },
      {
        onSuccess: (reply) => {
          dropDraft(draftName);
          onPlaced(reply);
        },
        onError: (error) => {
          if (error instanceof RefusedError) void quote.refetch(); // price, stock or an offer moved: show it as it is now
        },
      },
    );
  };
  return (
    <div className="order-columns">
      <div className="stack">
        {kept && lines.length > 0 && (
          <p className="notice">
            {words('newOrder.restored')}{' '}
            <Button type="link" size="small" onClick={clear}>
              {words('newOrder.clear')}
            </Button>
          </p>
        )}
        <Section title={words('newOrder.customer')}>
          <CustomerField value={customer} onChange={(one) => change({ customer: one, points: 0 })} />
        </Section>
        <LinesSection lines={lines} quote={quote.data} onChange={(next) => change({ lines: next })} />
        <Section title={words('newOrder.offers')}>
          <OfferFields customerId={customer?.id} couponCodes={couponCodes} points={points} onChange={change} />
        </Section>
        <Form<OrderForm>
          form={form}
          layout="vertical"
          validateTrigger="onBlur"
          scrollToFirstError={{ focus: true }}
          initialValues={kept?.form ?? {}}
          onValuesChange={(_, values) => keepDraft(draftName, { draft, form: values })}
          onFinish={submit}
          requiredMark={false}
        >
          <div className="stack">
            <Section title={words('orders.recipient')}>
              <RecipientFields form={form as never} customerId={customer?.id} />
            </Section>
            <Section title={words('newOrder.noteAndInvoice')}>
              <NoteField label={`${words('orders.note')} · ${words('form.optional')}`} />
              <InvoiceFields />
            </Section>
          </div>
        </Form>
      </div>
      <QuotePanel
        quote={quote}
        isSettled={isSettled}
        isEmpty={lines.length === 0}
        isBusy={place.isPending}
        error={place.error}
        expectedFen={place.error ? place.variables?.body?.expectedTotalFen : undefined}
        onPlace={() => form.submit()}
        act={(amount) => (amount === undefined ? words('newOrder.place') : words('newOrder.placeFor', { amount }))}
      />
    </div>
  );
}

interface LinesSectionProps {
  lines: readonly DraftLine[];
  quote: ReplyOf<typeof orders.quoteOrder> | undefined;
  onChange: (lines: DraftLine[]) => void;
}

/** What is sold: found or scanned, how many, what each line comes to and why. */
function LinesSection({ lines, quote, onChange }: LinesSectionProps) {
  const words = useWords();
  const name = useName();
  return (
    <Section title={words('orders.lines')}>
      <LineSearch place={{ channel: 'shop' }} onAdd={(line) => onChange(withOneMore(lines, line))} />
      {lines.length > 0 && (
        <PriceLines
          caption={words('orders.lines')}
          lines={explainedLines(lines, quote).map((line) => ({
            ...line,
            note: <LineProblem sku={line.sku} problems={line.isGift ? [] : (quote?.problems ?? [])} />,
          }))}
          quantity={(line) => (
            <InputNumber
              aria-label={words('newOrder.quantityOf', { name: name(line) })}
              min={1}
              max={1_000_000}
              precision={0}
              value={line.quantity}
              onChange={(value) => value !== null && onChange(withQuantity(lines, line.sku, value))}
            />
          )}
          end={(line) => (
            <Button
              type="link"
              size="small"
              aria-label={words('newOrder.removeLine', { name: name(line) })}
              onClick={() => onChange(withoutSku(lines, line.sku))}
            >
              {words('newOrder.remove')}
            </Button>
          )}
        />
      )}
    </Section>
  );
}

const NoteField = ({ label }: { label: string }) => (
  <Form.Item name="note" label={label}>
    <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
  </Form.Item>
);
