import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf } from '@tongshang/contract';
import { priceStages } from '@tongshang/ui';
import { Link } from 'react-router';
import { ask } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import type { PreviewProps } from './preview.tsx';

type Conflict = ReplyOf<typeof promotions.findPromotionConflicts>['items'][number];
type Stacks = Extract<Conflict, { kind: 'stacks_with' }>;
type Rival = Extract<Conflict, { kind: 'same_goods' }>;
type Under = Extract<Conflict, { kind: 'under_floor' }>;

const floorColumns: readonly Column<Under>[] = [
  {
    key: 'sku',
    title: 'promo.sku',
    show: (one, { name }) => (
      <>
        <code>{one.sku}</code> {name(one)}
      </>
    ),
  },
  { key: 'price', title: 'promo.priceWith', isNumber: true, show: (one, { f }) => f.money(one.priceFen), card: 'right' },
  { key: 'floor', title: 'promo.floor', isNumber: true, show: (one, { f }) => f.money(one.floorFen), card: 'second' },
  { key: 'cost', title: 'promo.costNoTax', isNumber: true, show: (one, { f }) => f.money(one.costFen) },
];

/** What the rule stacks with, which exclusive one takes the same goods, and what would be sold under the margin floor. */
export function Conflicts({ draft, promotionId }: PreviewProps) {
  const words = useWords();
  const { count } = useFormat();
  const { data } = useSuspenseQuery(
    ask(promotions.findPromotionConflicts, { body: { draft, ...(promotionId && { promotionId }) } }),
  );
  const stacks = data.items.filter((one): one is Stacks => one.kind === 'stacks_with');
  const rivals = data.items.filter((one): one is Rival => one.kind === 'same_goods');
  const under = data.items.filter((one): one is Under => one.kind === 'under_floor');
  return (
    <div className="stack">
      <section aria-labelledby="stacks-title">
        <h3 id="stacks-title">{words('promo.stacks')}</h3>
        {stacks.length === 0 ? <p className="second">{words('promo.stacksNone')}</p> : <StackList stacks={stacks} />}
      </section>
      {rivals.length > 0 && (
        <section aria-labelledby="rivals-title">
          <h3 id="rivals-title">{words('promo.rivals')}</h3>
          <p className="notice">{words('promo.rivalsText')}</p>
          <RivalList rivals={rivals} />
        </section>
      )}
      <section aria-labelledby="floor-title">
        <h3 id="floor-title">{words('promo.underFloor')}</h3>
        {under.length === 0 ? (
          <p className="second">{words('promo.underFloorNone')}</p>
        ) : (
          <>
            <p className="notice">{words('promo.underFloorText', { count: under.length })}</p>
            <DataTable caption={words('promo.underFloor')} columns={floorColumns} rows={under} rowKey={(one) => one.sku} />
          </>
        )}
      </section>
      <p className="third">{words('promo.skusTried', { tried: count(data.skusTried), meant: count(data.skusMeant) })}</p>
    </div>
  );
}

function StackList({ stacks }: { stacks: readonly Stacks[] }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const { money, count } = useFormat();
  return (
    <ul className="warning-list">
      {stacks.map((one) => (
        <li key={one.promotionId}>
          <Link to={`/grow/promotions/${one.promotionId}`}>{name(one)}</Link>{' '}
          <span className="third">{term(priceStages, one.stage)}</span>
          <p className="second">
            {words('promo.stacksExample', {
              what: one.example.lines.map((line) => `${name(line)} × ${count(line.quantity)}`).join(' + '),
              before: money(one.example.beforeFen),
              other: money(one.example.otherFen),
              both: money(one.example.bothFen),
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}

function RivalList({ rivals }: { rivals: readonly Rival[] }) {
  const words = useWords();
  const name = useName();
  const { money, count } = useFormat();
  return (
    <ul className="warning-list">
      {rivals.map((one) => (
        <li key={one.promotionId}>
          <Link to={`/grow/promotions/${one.promotionId}`}>{name(one)}</Link>
          <p className="second">
            {words(one.wins === 'this' ? 'promo.rivalThis' : 'promo.rivalOther', {
              what: `${name(one.example)} × ${count(one.example.quantity)}`,
              own: money(one.example.thisFen),
              other: money(one.example.otherFen),
              skus: count(one.skus),
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}
