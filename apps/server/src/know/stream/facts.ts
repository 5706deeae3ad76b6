import { addMs, dayOf } from '../../platform/time.ts';

/** The tables that grow by the stream, and the columns their rows are written in. Fact rows are plain lists in this order. */
export const columnsOf = {
  order_line: [
    'kind', 'at', 'day', 'order_id', 'line_no', 'sku', 'category', 'channel', 'store', 'location', 'customer_id',
    'quantity', 'amount_fen', 'tax_fen', 'cost_fen', 'is_order_first', 'is_category_first', 'is_sku_first',
    'campaign',
  ],
  order_step: [
    'kind', 'at', 'day', 'order_id', 'channel', 'store', 'customer_id', 'visitor_id', 'total_fen', 'seconds', 'is_touched', 'campaign',
    'promise',
  ],
  stock_move: ['id', 'kind', 'at', 'day', 'sku', 'location', 'quantity', 'value_fen'],
  sku: ['sku', 'category', 'name', 'name_en', 'version', 'product'],
  label: ['dimension', 'key', 'name', 'name_en', 'version'],
  behaviour: [
    'message_id', 'type', 'event', 'at', 'day', 'visitor_id', 'customer_id', 'channel', 'path', 'language', 'campaign',
    'properties', 'client_at', 'sent_at', 'received_at', 'visitor_kind', 'group_id', 'is_clock_ahead',
    'kept_at', 'sku', 'category',
  ],
  visitor_customer: ['visitor_id', 'customer_id', 'joined_at'],
  parcel_cost: ['at', 'day', 'order_id', 'channel', 'store', 'location', 'carrier', 'amount_fen'],
  return_made: ['return_id', 'at', 'day', 'order_id', 'channel', 'store', 'customer_id', 'reason', 'refund_fen'],
  observation: ['id', 'version', 'name', 'day', 'channel', 'campaign', 'amount', 'cases', 'is_withdrawn'],
} as const satisfies Readonly<Record<string, readonly string[]>>; // prettier-ignore

export type FactTable = keyof typeof columnsOf;
type Cell = string | number;
export type Facts = Record<FactTable, Cell[][]>;

export const noFacts = (): Facts => ({
  order_line: [],
  order_step: [],
  stock_move: [],
  sku: [],
  label: [],
  behaviour: [],
  visitor_customer: [],
  parcel_cost: [],
  return_made: [],
  observation: [],
});

export const nobody = '00000000-0000-0000-0000-000000000000';

/** An instant and its business day, as ClickHouse reads them in an Asia/Shanghai column. */
export const momentOf = (at: Date): { at: string; day: string } => ({
  at: addMs(at, shanghaiMs).toISOString().slice(0, 23).replace('T', ' '),
  day: dayOf(at),
});
const shanghaiMs = 8 * 3_600_000;
