import { randomUUID } from 'node:crypto';
import { dayOf, inBusinessZone } from '../../platform/time.ts';
import { type Analytics, migrateAnalytics, openAnalytics } from '../stream/index.ts';
import type { Reading } from './reading.ts';

/** An analytics database of its own on the test's ClickHouse, with every table, read at `now`. */
export async function anAnalytics(server: string, now: string): Promise<Reading> {
  const url = new URL(server);
  url.pathname = `/explore_${randomUUID().replaceAll('-', '')}`;
  const analytics = openAnalytics(url.href);
  await migrateAnalytics(analytics);
  return { analytics, now: new Date(now) };
}

export interface Deed {
  /** Shanghai time, `2026-11-20 10:00:00`, or an instant in milliseconds. */
  at: string | number;
  visitor: string;
  event: string;
  type?: string;
  customer?: string;
  channel?: string;
  campaign?: string;
  language?: string;
  kind?: string;
  id?: string;
  receivedAt?: string;
  properties?: Readonly<Record<string, unknown>>;
}

/** Shanghai time to instant. */
export const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}+08:00`);

const momentOf = (instant: Date): { at: string; day: string } => ({
  at: inBusinessZone(instant).slice(0, 23).replace('T', ' '),
  day: dayOf(instant),
});

/** Behaviour as the stream writes it. */
export async function tellDeeds({ analytics }: Reading, deeds: readonly Deed[]): Promise<void> {
  await insert(
    analytics,
    'behaviour',
    deeds.map((deed) => {
      const moment = momentOf(typeof deed.at === 'number' ? new Date(deed.at) : at(deed.at));
      return {
        message_id: deed.id ?? randomUUID(),
        type: deed.type ?? 'track',
        event: deed.event,
        ...moment,
        visitor_id: deed.visitor,
        customer_id: deed.customer ?? '',
        channel: deed.channel ?? 'shop',
        campaign: deed.campaign ?? '',
        language: deed.language ?? '',
        properties: JSON.stringify(deed.properties ?? {}),
        received_at: deed.receivedAt === undefined ? moment.at : momentOf(at(deed.receivedAt)).at,
        visitor_kind: deed.kind ?? '',
      };
    }),
  );
}

export const joinVisitors = ({ analytics }: Reading, joined: Readonly<Record<string, string>>): Promise<void> =>
  insert(
    analytics,
    'visitor_customer',
    Object.entries(joined).map(([visitor_id, customer_id]) => ({
      visitor_id,
      customer_id,
      joined_at: '2026-11-01 00:00:00.000',
    })),
  );

export interface Purchase {
  /** Shanghai time of the step. */
  at: string;
  order: string;
  customer?: string;
  kind?: 'placed' | 'paid' | 'cancelled' | 'returned';
  netFen: number;
  channel?: string;
  store?: string;
  category?: string;
  sku?: string;
}

/** Order lines as the stream writes them, one line an order and step; VAT is left out of them, so net sales are the amounts. */
export async function tellPurchases({ analytics }: Reading, purchases: readonly Purchase[]): Promise<void> {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const rows = purchases.map((one) => ({ ...one, kind: one.kind ?? 'paid', ...momentOf(at(one.at)) }));
  await insert(
    analytics,
    'order_line',
    rows.map(({ kind, at: instant, day, order, customer, netFen, channel, store, category, sku }) => ({
      kind,
      at: instant,
      day,
      order_id: order,
      line_no: 1,
      sku: sku ?? 'TEE',
      category: category ?? 'apparel',
      channel: channel ?? 'shop',
      store: store ?? '',
      customer_id: customer ?? nobody,
      quantity: 1,
      amount_fen: netFen,
      tax_fen: 0,
      cost_fen: 0,
      is_order_first: 1,
      is_category_first: 1,
      is_sku_first: 1,
    })),
  );
  await insert(
    analytics,
    'order_step',
    rows
      .filter(({ kind }) => kind === 'paid')
      .map(({ at: instant, day, order, customer, netFen, channel, store }) => ({
        kind: 'paid',
        at: instant,
        day,
        order_id: order,
        channel: channel ?? 'shop',
        store: store ?? '',
        customer_id: customer ?? nobody,
        visitor_id: '',
        total_fen: netFen,
        seconds: -1,
      })),
  );
}

const insert = async (analytics: Analytics, table: string, values: Readonly<Record<string, unknown>>[]): Promise<void> => {
  if (values.length > 0) await analytics.client.insert({ table, values, format: 'JSONEachRow' });
};
