import type { warehouse } from '@tongshang/contract';
import { fulfilmentKinds, fulfilmentStates, storages } from '@tongshang/ui';
import type { Column } from '../../parts/data-table.tsx';
import type { RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { CutOff } from './cut-off.tsx';

type Row = RowOf<typeof warehouse.listFulfilments>;

export const late = { tone: 'bad', zh: '已超时', en: 'Late' } as const;

export const fulfilmentColumns: readonly Column<Row>[] = [
  { key: 'number', title: 'floor.number', show: (one) => one.number },
  { key: 'location', title: 'place.label', show: (one) => one.location },
  { key: 'kind', title: 'floor.kind', show: (one, { term }) => term(fulfilmentKinds, one.kind), card: 'second' },
  {
    key: 'orders',
    title: 'floor.orders',
    show: (one, { words }) => one.orders.map(({ number }) => number).join(words('list.comma')),
    card: 'second',
  },
  {
    key: 'recipient',
    title: 'floor.recipient',
    show: (one) => `${one.recipientName} ${one.region}`,
    card: 'second',
  },
  { key: 'units', title: 'floor.units', isNumber: true, show: (one, { f }) => f.count(one.units) },
  { key: 'storage', title: 'floor.storage', show: (one, { term }) => term(storages, one.storage), isExtra: true },
  {
    key: 'dispatch',
    title: 'floor.dispatchBy',
    show: (one) => <CutOff dispatchBy={one.dispatchBy} isLate={one.isLate} />,
    text: (one, { f }) => f.instant(one.dispatchBy),
    card: 'right',
  },
  { key: 'promised', title: 'floor.promisedOn', isTight: true, show: (one) => one.promisedOn ?? '—' },
  { key: 'tracking', title: 'floor.tracking', show: (one) => one.trackingNumber ?? '—' },
  {
    key: 'state',
    title: 'floor.state',
    card: 'status',
    show: (one) => (
      <span className="row">
        <StatusTag status={fulfilmentStates[one.state]} code={one.state} />
        {one.isLate && <StatusTag status={late} code="late" />}
      </span>
    ),
    text: (one, { term }) => term(fulfilmentStates, one.state),
  },
];
