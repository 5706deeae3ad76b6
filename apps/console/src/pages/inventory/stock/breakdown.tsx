import { inventory, type ReplyOf } from '@tongshang/contract';
import { conditions } from '@tongshang/ui';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { q } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { usePlaceName } from '../../../parts/place-choice.tsx';
import { leftOver, type Part } from './equation.ts';
import '../../../supply.css';

export const breakdownOf = (sku: string) => q(inventory.getStockBreakdown, { params: { sku } });

type Item = ReplyOf<typeof inventory.getStockBreakdown>['items'][number];

/** Place by place: on hand, less what each thing keeps back, is what may be sold; below it what is on its way. */
export function Breakdown({ items }: { items: readonly Item[] }) {
  const words = useWords();
  const placeName = usePlaceName();
  const { instant, money } = useFormat();
  if (items.length === 0) return <p className="second">{words('stock.noMovements')}</p>;
  return (
    <div className="where-list">
      {items.map((item) => (
        <section key={item.location} className="where" aria-label={placeName(item.location)}>
          <div>
            <h3>
              {item.location} {placeName(item.location)}
            </h3>
            <p className="third">{words('stock.placeCost', { cost: money(item.unitCostFen) })}</p>
            <p className="third">
              {item.lastCountedAt === null
                ? words('stock.neverCounted', { moved: instant(item.lastMovedAt) })
                : words('stock.lastCounted', { moved: instant(item.lastMovedAt), counted: instant(item.lastCountedAt) })}
            </p>
          </div>
          <div>
            <Equation item={item} />
            <Incoming item={item} />
          </div>
        </section>
      ))}
    </div>
  );
}

function Equation({ item }: { item: Item }) {
  const words = useWords();
  const term = useTerm();
  const { count } = useFormat();
  const byCondition = new Map<string, number>();
  for (const { condition, quantity } of item.unavailable)
    byCondition.set(condition, (byCondition.get(condition) ?? 0) + quantity);
  const parts: Part[] = [
    { key: 'promised', name: words('stock.promised'), units: item.promised },
    ...[...byCondition].map(([condition, units]) => ({ key: condition, name: term(conditions, condition), units })),
    { key: 'buffer', name: words('stock.buffer'), units: item.buffer },
    { key: 'unusable', name: words('stock.unusable'), units: item.unusable },
    { key: 'kept', name: words('stock.keptForOthers'), units: item.keptForOthers },
  ];
  const rest = leftOver(item.onHand, parts, item.available);
  if (rest !== 0) parts.push({ key: 'rest', name: words(rest > 0 ? 'stock.keptElse' : 'stock.overdrawn'), units: rest });
  return (
    <ul className="equation">
      <Term name={words('stock.onHand')} text={count(item.onHand)} />
      {parts
        .filter(({ key, units }) => units !== 0 || key === 'promised')
        .map((part) => (
          <Term key={part.key} name={part.name} text={`${part.units < 0 ? '+' : '−'} ${count(Math.abs(part.units))}`} />
        ))}
      <Term name={words('stock.available')} text={`= ${count(item.available)}`} isResult />
    </ul>
  );
}

function Term({ name, text, isResult = false }: { name: string; text: string; isResult?: boolean }) {
  return (
    <li className={isResult ? 'result' : undefined}>
      <span className="second">{name}</span>
      <span className="sign">{text}</span>
    </li>
  );
}

function Incoming({ item }: { item: Item }) {
  const words = useWords();
  const { count } = useFormat();
  if (item.incoming.length === 0) return null;
  return (
    <p className="second">
      {words('stock.incoming')}{' '}
      {item.incoming.map((one, at) => (
        <Fragment key={one.transferId}>
          {at > 0 && words('list.comma')}
          <Link to={`/supply/transfers/${one.transferId}`}>
            {words('stock.incomingOne', { units: count(one.quantity), day: one.expectedOn, number: one.number })}
          </Link>
        </Fragment>
      ))}
    </p>
  );
}
