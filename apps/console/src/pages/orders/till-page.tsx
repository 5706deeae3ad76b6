import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory, orders, RefusedError, type ReplyOf } from '@tongshang/contract';
import { parseMoney } from '@tongshang/ui';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { useSession } from '../../lib/session.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { CustomerField, type OrderCustomer } from './customer-field.tsx';
import { type DraftLine, explainedLines, withOneMore, withoutSku, withQuantity } from './draft-lines.ts';
import { LineSearch } from './line-search.tsx';
import { OfferFields } from './offer-fields.tsx';
import type { ExplainedLine } from './price-lines.tsx';
import { LineProblem } from './quote-notes.tsx';
import { QuotePanel } from './quote-panel.tsx';
import { Receipt } from './receipt.tsx';
import { useQuote } from './use-quote.ts';

const places = q(inventory.listLocations);

export const loader = () => client.ensureQueryData(places);

export type Sale = ReplyOf<typeof orders.placeStoreOrder>;

/** A sale over the counter: scan, say how it is paid, hand it over; made for a phone held in one hand. */
export function Page() {
  const words = useWords();
  const name = useName();
  const session = useSession();
  const { data } = useSuspenseQuery(places);
  const stores = data.items.filter(({ kind }) => kind === 'store');
  const [store, setStore] = useState(session.location ?? stores[0]?.code ?? '');
  const [sold, setSold] = useState<{ sale: Sale; givenFen: number | undefined } | undefined>();
  const [round, setRound] = useState(0);
  const storeName = stores.find(({ code }) => code === store);
  return (
    <div className="till">
      <PageHead title={words('till.title')} module={words('nav.orders')} about={storeName && name(storeName)} />
      {session.location === null && !sold && (
        <label className="field-label dialog-text">
          {words('orders.store')}
          <Select
            aria-label={words('orders.store')}
            value={store}
            options={stores.map((one) => ({ value: one.code, label: name(one) }))}
            onChange={(code) => {
              setStore(code);
              setRound(round + 1);
            }}
          />
        </label>
      )}
      {sold ? (
        <Receipt
          {...sold}
          storeName={storeName ? name(storeName) : store}
          onNext={() => {
            setSold(undefined);
            setRound(round + 1);
          }}
        />
      ) : (
        <SaleEditor key={`${store} ${round}`} store={store} onSold={setSold} />
      )}
    </div>
  );
}

interface Draft {
  customer?: OrderCustomer | undefined;
  lines: DraftLine[];
  couponCodes: string[];
  points: number;
}

interface SaleEditorProps {
  store: string;
  onSold: (sold: { sale: Sale; givenFen: number | undefined }) => void;
}

function SaleEditor({ store, onSold }: SaleEditorProps) {
  const words = useWords();
  const { money } = useFormat();
  const [draft, setDraft] = useState<Draft>({ lines: [], couponCodes: [], points: 0 });
  const [payment, setPayment] = useState<'cash' | 'card'>('cash');
  const [given, setGiven] = useState('');
  const place = useSend(orders.placeStoreOrder, [orders.listOrders, orders.countOrders, inventory.listStock]);
  const { customer, lines, couponCodes, points } = draft;
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const wanted = {
    store,
    ...(customer && { customerId: customer.id }),
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    couponCodes,
    pointsWanted: customer ? points : 0,
  };
  const { quote, isSettled } = useQuote({ channel: 'store', ...wanted });
  const totalFen = quote.data?.price.totalFen ?? 0;
  const givenFen = payment === 'cash' ? parseMoney(given) : undefined;
  const sell = () =>
    place.mutate(
      { body: { ...wanted, payment, expectedTotalFen: totalFen } },
      {
        onSuccess: (sale) => onSold({ sale, givenFen }),
        onError: (error) => {
          if (error instanceof RefusedError) void quote.refetch();
        },
      },
    );
  return (
    <div className="order-columns">
      <div className="stack">
        <section className="card" aria-label={words('orders.lines')}>
          <LineSearch place={{ channel: 'store', store }} onAdd={(line) => change({ lines: withOneMore(lines, line) })} />
          <ul className="plain-list till-lines">
            {explainedLines(lines, quote.data).map((line) => (
              <TillLine
                key={line.key}
                line={line}
                problem={<LineProblem sku={line.sku} problems={line.isGift ? [] : (quote.data?.problems ?? [])} />}
                onQuantity={(quantity) =>
                  change({ lines: quantity < 1 ? withoutSku(lines, line.sku) : withQuantity(lines, line.sku, quantity) })
                }
              />
            ))}
          </ul>
        </section>
        <details className="card">
          <summary>{words('till.memberAndOffers')}</summary>
          <div className="stack till-offers">
            <CustomerField value={customer} onChange={(one) => change({ customer: one, points: 0 })} />
            <OfferFields customerId={customer?.id} couponCodes={couponCodes} points={points} onChange={change} />
          </div>
        </details>
      </div>
      <QuotePanel
        quote={quote}
        isSettled={isSettled}
        isEmpty={lines.length === 0}
        isBusy={place.isPending}
        error={place.error}
        expectedFen={place.error ? place.variables?.body?.expectedTotalFen : undefined}
        onPlace={sell}
        act={(amount) => (amount === undefined ? words('till.take') : words(`till.take.${payment}`, { amount }))}
        hasFreight={false}
      >
        <fieldset className="plain-set till-payment">
          <legend>{words('till.payment')}</legend>
          <div className="row">
            {(['cash', 'card'] as const).map((one) => (
              <label key={one} className="till-choice">
                <input type="radio" name="payment" checked={payment === one} onChange={() => setPayment(one)} />{' '}
                {words(`till.${one}`)}
              </label>
            ))}
          </div>
          {payment === 'cash' && (
            <label className="field-label">
              {words('till.given')}
              <Input
                prefix="¥"
                inputMode="decimal"
                autoComplete="off"
                value={given}
                onChange={(event) => setGiven(event.target.value)}
              />
              {givenFen !== undefined && totalFen > 0 && (
                <span className={givenFen < totalFen ? 'error-note' : 'till-change'} role="status">
                  {givenFen < totalFen
                    ? words('till.short', { amount: money(totalFen - givenFen) })
                    : words('till.change', { amount: money(givenFen - totalFen) })}
                </span>
              )}
            </label>
          )}
        </fieldset>
      </QuotePanel>
    </div>
  );
}

interface TillLineProps {
  line: ExplainedLine;
  problem: React.ReactNode;
  onQuantity: (quantity: number) => void;
}

/** One line of a sale, with big buttons; nothing less than one takes it away. */
function TillLine({ line, problem, onQuantity }: TillLineProps) {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  return (
    <li>
      <div className="card-line">
        <span>
          {name(line)} <span className="third">{line.sku}</span>
          {line.isGift && <span className="gift">{words('orders.gift')}</span>}
        </span>
        <strong className="number">{line.isWaiting ? '…' : f.money(line.amountFen)}</strong>
      </div>
      <div className="card-line">
        <span className="second">
          {!line.isWaiting && `${f.money(line.unitFen)} × ${f.count(line.quantity)}`}
          {line.discountFen > 0 && (
            <span className="one-line"> · {`${words('orders.discount')} ${f.money(-line.discountFen)}`}</span>
          )}
        </span>
        {!line.isGift && (
          <span className="row stepper">
            <Button aria-label={words('till.less', { name: name(line) })} onClick={() => onQuantity(line.quantity - 1)}>
              −
            </Button>
            <InputNumber
              aria-label={words('newOrder.quantityOf', { name: name(line) })}
              controls={false}
              min={1}
              max={9999}
              precision={0}
              value={line.quantity}
              onChange={(value) => value !== null && onQuantity(value)}
            />
            <Button aria-label={words('till.more', { name: name(line) })} onClick={() => onQuantity(line.quantity + 1)}>
              +
            </Button>
          </span>
        )}
      </div>
      {problem}
    </li>
  );
}
