import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { PriceSums } from './price-lines.tsx';
import type { Sale } from './till-page.tsx';

interface ReceiptProps {
  sale: Sale;
  /** Cash that was handed over, fen. */
  givenFen: number | undefined;
  storeName: string;
  onNext: () => void;
}

/** The paper of a sale: what, how much, every reduction, the change. Prints by itself alone. */
export function Receipt({ sale, givenFen, storeName, onNext }: ReceiptProps) {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const next = useRef<HTMLButtonElement>(null);
  // The next sale is one key away.
  useEffect(() => next.current?.focus(), []);
  return (
    <div className="stack">
      <section className="card receipt" aria-label={words('till.receipt')}>
        <h2>{storeName}</h2>
        <p className="second">
          {sale.number} · {f.instant(sale.placedAt)}
        </p>
        <ul className="plain-list">
          {sale.lines.map((line) => (
            <li key={line.lineNo} className="card-line">
              <span>
                {name(line)}
                <br />
                <span className="second">
                  {f.money(line.unitFen)} × {f.count(line.quantity)}
                  {line.discountFen > 0 && <span className="one-line"> {f.money(-line.discountFen)}</span>}
                </span>
              </span>
              <span className="number">{f.money(line.amountFen)}</span>
            </li>
          ))}
        </ul>
        <PriceSums sums={sale} currency={sale.currency} hasFreight={false} />
        {givenFen !== undefined && givenFen >= sale.totalFen && (
          <dl className="sums">
            <div>
              <dt>{words('till.given')}</dt>
              <dd>{f.money(givenFen)}</dd>
            </div>
            <div className="sum-total">
              <dt>{words('till.changeBack')}</dt>
              <dd>{f.money(givenFen - sale.totalFen)}</dd>
            </div>
          </dl>
        )}
      </section>
      <div className="row receipt-acts">
        <Button ref={next} type="primary" size="large" onClick={onNext}>
          {words('till.next')}
        </Button>
        <Button size="large" onClick={() => print()}>
          {words('till.print')}
        </Button>
        <Link to={`/sell/orders/${sale.id}`}>{words('returns.openOrder')}</Link>
      </div>
    </div>
  );
}
