import type { Adjustment } from '@tongshang/contract';
import { priceStages } from '@tongshang/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { reductionsOf } from './price-sums.ts';

/** A line as an order froze it, or as a quote would have it. */
export interface ExplainedLine {
  key: string;
  sku: string;
  name: string;
  nameEn: string;
  href?: string | undefined;
  quantity: number;
  listFen: number;
  unitFen: number;
  discountFen: number;
  amountFen: number;
  taxRateBp: number;
  taxFen: number;
  adjustments: readonly Adjustment[];
  isGift: boolean;
  /** Its price is not known yet. */
  isWaiting?: boolean;
  cancelledQuantity?: number;
  cancelledFen?: number;
  /** Where it ships from, or what stands in the way of selling it. */
  note?: ReactNode;
}

interface PriceLinesProps {
  caption: string;
  lines: readonly ExplainedLine[];
  /** The field in place of the quantity, where it can still change. */
  quantity?: (line: ExplainedLine) => ReactNode;
  end?: (line: ExplainedLine) => ReactNode;
}

/** Lines whose every amount says where it comes from: list, price, each rule that took something off, the tax inside, what was called off. */
export function PriceLines({ caption, lines, quantity, end }: PriceLinesProps) {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  return (
    <div className="table-area" role="region" aria-label={caption} tabIndex={0}>
      <table className="table price-lines">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words('orders.item')}</th>
            <th scope="col" className="number">
              {words('orders.unitPrice')}
            </th>
            <th scope="col" className="number">
              {words('orders.quantity')}
            </th>
            <th scope="col" className="number">
              {words('orders.discount')}
            </th>
            <th scope="col" className="number">
              {words('orders.amount')}
            </th>
            {end && <th scope="col">{words('list.actions')}</th>}
          </tr>
        </thead>
        {lines.map((line) => (
          <tbody key={line.key}>
            <tr>
              <th scope="row">
                {line.href === undefined ? name(line) : <Link to={line.href}>{name(line)}</Link>}{' '}
                <span className="third">{line.sku}</span>
                {line.isGift && <span className="gift">{words('orders.gift')}</span>}
                {line.note && <div className="third">{line.note}</div>}
              </th>
              <td className="number">{line.isWaiting ? '…' : f.money(line.unitFen)}</td>
              <td className="number">{quantity && !line.isGift ? quantity(line) : f.count(line.quantity)}</td>
              <td className="number">{line.isWaiting ? '…' : line.discountFen === 0 ? '0' : f.money(-line.discountFen)}</td>
              <td className="number">{line.isWaiting ? '…' : f.money(line.amountFen)}</td>
              {end && <td>{!line.isGift && end(line)}</td>}
            </tr>
            {!line.isWaiting && <Why line={line} span={end ? 6 : 5} />}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** How a line's amount came about, row by row. */
function Why({ line, span }: { line: ExplainedLine; span: number }) {
  const words = useWords();
  const f = useFormat();
  const { cancelledQuantity = 0, cancelledFen = 0 } = line;
  const isPlain = line.listFen === line.unitFen && line.adjustments.length === 0;
  return (
    <tr className="why">
      <td colSpan={span}>
        <dl>
          <div className={isPlain ? 'narrow-why' : undefined}>
            <dt>
              {line.listFen === line.unitFen
                ? words('orders.why.unit', { unit: f.money(line.unitFen), quantity: line.quantity })
                : words('orders.why.list', {
                    list: f.money(line.listFen),
                    unit: f.money(line.unitFen),
                    quantity: line.quantity,
                  })}
            </dt>
            <dd>{f.money(line.unitFen * line.quantity)}</dd>
          </div>
          {line.adjustments.map((adjustment, at) => (
            <div key={`${adjustment.stage} ${at}`}>
              <dt>
                <Rule adjustment={adjustment} points={adjustment.points} />
              </dt>
              <dd>{f.money(-adjustment.amountFen)}</dd>
            </div>
          ))}
          <div>
            <dt>{words('orders.why.tax', { rate: f.percent(line.taxRateBp / 10_000) })}</dt>
            <dd>{f.money(line.taxFen)}</dd>
          </div>
          {cancelledQuantity > 0 && (
            <div className="called-off">
              <dt>{words('orders.why.cancelled', { count: cancelledQuantity })}</dt>
              <dd>{f.money(-cancelledFen)}</dd>
            </div>
          )}
        </dl>
      </td>
    </tr>
  );
}

/** Stage, rule and coupon; the rule leads to its page for those who may see promotions. */
function Rule({ adjustment, points }: { adjustment: Adjustment; points: number | undefined }) {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const f = useFormat();
  const maySee = useMay()('promotions.view');
  const rule = adjustment.from === 'points' ? '' : name(adjustment); // the stage says it already
  return (
    <>
      {term(priceStages, adjustment.stage)}
      {rule !== '' && ' · '}
      {adjustment.promotionId !== null && maySee ? <Link to={`/grow/promotions/${adjustment.promotionId}`}>{rule}</Link> : rule}
      {adjustment.couponCode !== null && (
        <>
          {' '}
          <code>{adjustment.couponCode}</code>
        </>
      )}
      {points !== undefined && points > 0 && ` · ${words('orders.points', { points: f.count(points) })}`}
    </>
  );
}

interface Sums {
  goodsFen: number;
  discountFen: number;
  freightFen: number;
  freightListFen: number;
  taxFen: number;
  totalFen: number;
  lines: readonly { adjustments: readonly Adjustment[] }[];
  cancelledFen?: number;
}

/** Goods − what each rule took off + freight = total; the tax inside; what was given back since. */
export function PriceSums({ sums, currency, hasFreight = true }: { sums: Sums; currency?: string; hasFreight?: boolean }) {
  const words = useWords();
  const { money } = useFormat();
  const { reductions, restFen } = reductionsOf(sums);
  const isFreightOff = sums.freightListFen > sums.freightFen;
  return (
    <dl className="sums">
      <div>
        <dt>{words('orders.goods')}</dt>
        <dd>{money(sums.goodsFen, currency)}</dd>
      </div>
      {reductions.map(({ key, adjustment, amountFen, points }) => (
        <div key={key}>
          <dt>
            <Rule adjustment={adjustment} points={points} />
          </dt>
          <dd>{money(-amountFen, currency)}</dd>
        </div>
      ))}
      {restFen !== 0 && (
        <div>
          <dt>{words('orders.discount')}</dt>
          <dd>{money(-restFen, currency)}</dd>
        </div>
      )}
      {hasFreight && (
        <div>
          <dt>
            {words('orders.freight')}
            {isFreightOff && (
              <span className="third"> {words('orders.freightWas', { freight: money(sums.freightListFen) })}</span>
            )}
          </dt>
          <dd>{money(sums.freightFen, currency)}</dd>
        </div>
      )}
      <div className="sum-total">
        <dt>{words('orders.total')}</dt>
        <dd>{money(sums.totalFen, currency)}</dd>
      </div>
      <div>
        <dt>{words('orders.taxInside')}</dt>
        <dd>{money(sums.taxFen, currency)}</dd>
      </div>
      {sums.cancelledFen !== undefined && sums.cancelledFen > 0 && (
        <div>
          <dt>{words('orders.givenBack')}</dt>
          <dd>{money(-sums.cancelledFen, currency)}</dd>
        </div>
      )}
    </dl>
  );
}
