import '../../handling.css';
import type { orders, ReplyOf } from '@tongshang/contract';
import { fulfilmentKinds, fulfilmentStates, orderAttentions, routeOrigins, routingRuleKinds } from '@tongshang/ui';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useActor, useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { useHoldText } from './hold-text.ts';

type Order = ReplyOf<typeof orders.getOrder>;
type Route = Order['routes'][number];
type Plan = Route['ranking'][number];

/** What held the order, each reason with who raised and who released it. Nothing while it never was. */
export function Holds({ order }: { order: Order }) {
  const words = useWords();
  const actor = useActor();
  const f = useFormat();
  const text = useHoldText();
  if (order.holds.length === 0) return null;
  return (
    <Section title={words('holds.title')}>
      <ul className="plain-list holds">
        {order.holds.map((hold) => (
          <li key={hold.id} className={hold.releasedAt === null ? undefined : 'closed'}>
            <StatusTag status={orderAttentions[hold.reason]} code={hold.reason} /> {text(hold)}
            <div className="second">
              {words('holds.raised', { who: actor(hold.raisedBy), at: f.instant(hold.raisedAt) })} ·{' '}
              {hold.releasedAt === null
                ? words('holds.open')
                : words('holds.closed', { who: actor(hold.releasedBy ?? ''), at: f.instant(hold.releasedAt) })}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where it leaves from, which rule decided, and every way that was compared; earlier decisions behind a fold. */
export function Routes({ order }: { order: Order }) {
  const words = useWords();
  const [now, ...before] = order.routes;
  if (now === undefined) return null;
  return (
    <Section title={words('route.title')}>
      <RouteFacts route={now} />
      {before.length > 0 && (
        <details>
          <summary>{words('route.was')}</summary>
          {before.map((route) => (
            <RouteFacts key={route.at} route={route} />
          ))}
        </details>
      )}
    </Section>
  );
}

function RouteFacts({ route }: { route: Route }) {
  const words = useWords();
  const term = useTerm();
  const actor = useActor();
  const f = useFormat();
  return (
    <div className="route">
      <p>
        {route.parcels
          .map(({ location, lines }) =>
            words('route.parcel', {
              location,
              lines: lines.map(({ sku, quantity }) => words('route.line', { sku, quantity })).join(words('list.comma')),
            }),
          )
          .join(' + ')}
      </p>
      <p className="second">
        {term(routeOrigins, route.origin)} ·{' '}
        {route.decidedBy === null
          ? words('route.onlyOne')
          : words('route.decidedBy', { rule: term(routingRuleKinds, route.decidedBy) })}{' '}
        · {actor(route.actor)} · {f.instant(route.at)}
        {route.reason !== null && ` · ${route.reason}`}
      </p>
      {route.ranking.length > 1 && <Ranking plans={route.ranking} />}
    </div>
  );
}

function Ranking({ plans }: { plans: readonly Plan[] }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const columns: readonly Column<Plan>[] = [
    { key: 'locations', title: 'route.locations', show: ({ locations }) => locations.join(' + ') },
    { key: 'place', title: 'route.place', isNumber: true, card: 'right', show: ({ place }) => f.count(place) },
  ];
  return (
    <details>
      <summary>{words('route.ranking')}</summary>
      <DataTable caption={words('route.ranking')} columns={columns} rows={plans} rowKey={({ place }) => String(place)} />
      <ul className="plain-list second">
        {plans.map((plan) => (
          <li key={plan.place}>
            {f.count(plan.place)}.{' '}
            {plan.scores
              .map(
                ({ rule, score }) =>
                  `${term(routingRuleKinds, rule)} ${score === null ? words('route.abstained') : f.count(score)}`,
              )
              .join(' · ')}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What each place sends or hands out of this order. */
export function Fulfilments({ order }: { order: Order }) {
  const words = useWords();
  const term = useTerm();
  const maySee = useMay()('warehouse.view');
  if (order.fulfilments.length === 0 && order.state !== 'paid') return null;
  return (
    <Section title={words('fulfilments.title')}>
      {order.fulfilments.length === 0 && <p className="second">{words('fulfilments.none')}</p>}
      <ul className="plain-list">
        {order.fulfilments.map((one) => (
          <li key={one.id}>
            {maySee ? <Link to={`/supply/fulfilments/${one.id}`}>{one.number}</Link> : one.number}{' '}
            <StatusTag status={fulfilmentStates[one.state as keyof typeof fulfilmentStates]} code={one.state} />
            <div>
              {one.location} · {term(fulfilmentKinds, one.kind)} ·{' '}
              {one.lines.map(({ sku, quantity }) => words('route.line', { sku, quantity })).join(words('list.comma'))}
            </div>
            <div className="second">
              {[
                one.carrier,
                one.trackingNumber,
                one.promisedOn !== null && words('fulfilments.promised', { day: one.promisedOn }),
                one.isMerged && words('fulfilments.merged'),
              ]
                .filter((part) => part !== null && part !== false)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
