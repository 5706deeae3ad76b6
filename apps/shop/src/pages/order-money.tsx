import { formatMoney } from '@tongshang/ui/format/money';
import { formatInstant } from '@tongshang/ui/format/time';
import { refundStates } from '@tongshang/ui/words/terms';
import { stillFen } from '../lib/refund.ts';
import { Amounts, PriceAmounts } from '../parts/amounts.tsx';
import type { Site } from '../site.ts';
import type { Invoice, Order } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import { orders as words } from '../words/orders.ts';

/** Every amount as it was frozen, then what was given back and how far that has got. */
export function Money({ site, order }: { site: Site; order: Order }) {
  const refunds = order.payments.flatMap((payment) => payment.refunds);
  return (
    <section aria-labelledby="amounts" class="panel">
      <h2 id="amounts">{site.say(words.amounts)}</h2>
      <PriceAmounts site={site} price={order} totalName={site.say(words.total)} />
      {order.cancelledFen > 0 && order.state !== 'cancelled' && (
        <Amounts
          rows={[{ name: site.say(words.calledOff), fen: -order.cancelledFen }]}
          total={{ name: site.say(words.afterwards), fen: stillFen(order) }}
        />
      )}
      {refunds.length > 0 && (
        <>
          <h3>{site.say(words.refunds)}</h3>
          <ul class="refunds">
            {refunds.map((refund) => (
              <li key={refund.id}>
                {formatMoney(refund.amountFen)} · {site.say(refundStates[refund.state])} ·{' '}
                {formatInstant(refund.doneAt ?? refund.requestedAt)}
              </li>
            ))}
          </ul>
          {refunds.some(({ state }) => state === 'requested' || state === 'sent') && (
            <p class="note">{site.say(words.refundWay)}</p>
          )}
        </>
      )}
    </section>
  );
}

/** What the buyer asked to stand on the invoice. */
export function InvoiceFacts({ site, invoice }: { site: Site; invoice: Invoice | null }) {
  if (invoice === null) return null;
  const kind = { personal: checkout.invoicePersonal, company: checkout.invoiceCompany, special: checkout.invoiceSpecial }[
    invoice.kind
  ];
  const facts = [
    { name: checkout.invoiceKind, value: site.say(kind) },
    { name: checkout.invoiceTitle, value: invoice.title },
    ...('taxNumber' in invoice ? [{ name: checkout.taxNumber, value: invoice.taxNumber }] : []),
    ...('bank' in invoice
      ? [
          { name: checkout.invoiceAddress, value: invoice.address },
          { name: checkout.invoicePhone, value: invoice.phone },
          { name: checkout.invoiceBank, value: invoice.bank },
          { name: checkout.invoiceAccount, value: invoice.account },
        ]
      : []),
  ];
  return (
    <section aria-labelledby="invoice" class="panel">
      <h2 id="invoice">{site.say(words.invoiceData)}</h2>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={name.en}>
            <dt>{site.say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
