import type { orders, ReplyOf } from '@tongshang/contract';
import { Button, Input } from 'antd';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Section } from '../../parts/object-page.tsx';

interface PlacedOrderProps {
  placed: ReplyOf<typeof orders.placeStaffOrder>;
  onNext: () => void;
}

/** What to tell the customer: the number, the amount, until when, and the link to pay and follow the order. */
export function PlacedOrder({ placed: { order, orderUrl }, onNext }: PlacedOrderProps) {
  const words = useWords();
  const f = useFormat();
  const url = new URL(orderUrl, location.origin).href;
  const copy = () => void navigator.clipboard.writeText(url).then(() => toast(words('newOrder.copied')));
  return (
    <Section title={words('newOrder.placedTitle', { number: order.number })}>
      <div className="stack placed" role="status">
        <p>
          {order.state === 'placed'
            ? words('newOrder.toPay', { amount: f.money(order.totalFen, order.currency), until: f.instant(order.expiresAt) })
            : words('newOrder.nothingToPay')}
        </p>
        <div className="field-label">
          <label htmlFor="order-link">{words('newOrder.link')}</label>
          <div className="row paste-row">
            <Input id="order-link" readOnly value={url} onFocus={(event) => event.target.select()} />
            <Button type="primary" onClick={copy}>
              {words('newOrder.copy')}
            </Button>
          </div>
          <span className="third">{words('newOrder.linkHelp')}</span>
        </div>
        <div className="row">
          <Link className="button-link" to={`/sell/orders/${order.id}`}>
            {words('returns.openOrder')}
          </Link>
          <Button onClick={onNext}>{words('newOrder.next')}</Button>
        </div>
      </div>
    </Section>
  );
}
