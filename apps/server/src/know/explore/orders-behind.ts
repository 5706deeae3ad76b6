import type { explore as contract, metrics } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { addDays, businessZone, dayOf, inBusinessZone } from '../../platform/time.ts';
import { type Figures, findDefinition, relativePeriod, type Scope, scopedStores } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { type Days, daysOf, type Parameters, planRows, careful, zone } from './reading.ts';

type Question = contract.OrdersQuestion;
type Answer = Omit<contract.OrdersAnswer, 'asOf'>;
type Cell = Question['cell'];

const daysMax = 3_700;
const nobody = '00000000-0000-0000-0000-000000000000';

/** What an order brings to a measure: sums over its lines, as `know/metrics` sums them over all. */
const ofLines: Readonly<Record<string, string>> = {
  placed_fen: 'sum(l.placed_fen)',
  paid_fen: 'sum(l.paid_fen)',
  net_fen: 'sum(l.net_fen)',
  net_cost_fen: 'sum(l.net_cost_fen)',
  net_units: 'sum(l.net_units)',
  returned_fen: 'sum(l.returned_fen)',
  paid_orders: "toInt64(max(l.kind = 'paid'))",
  cancelled_orders: 'sum(l.cancelled_orders)',
};
const ofSteps: Readonly<Record<string, string>> = {
  released_orders: 'count()',
  released_untouched: 'countIf(l.is_touched = 0)',
};

type RowTuple = [ms: number, orderId: string, soldIn: string, soldAt: string, part: number, whole: number];
interface Row {
  order_id: string;
  ms: number;
  sold_in: string;
  sold_at: string;
  part: number;
  whole: number;
}

/**
 * The orders behind one cell of figures, latest first: same period, filters and scope, and the sums of all rows make the figure itself. What
 * came back without naming its order is one row. Refuses `metric.not_found`, `metric.not_drillable` (no sum over orders), `metric.dimension_unknown`,
 * `metric.out_of_scope`, `metric.period_invalid`, `metric.too_much`, `analytics.unavailable`. Numbers of orders are the caller's to add.
 */
export async function readOrdersBehind(figures: Figures, question: Question, scope: Scope): Promise<Answer> {
  const { metric, cell } = question;
  const named = question.period && relativePeriod(question.period, figures.now, businessZone);
  const asked = daysOf(question, figures.now, daysMax);
  const definition = findDefinition(figures.book, metric, asked.to) ?? refuse('metric.not_found', { metric });
  const formula = formulaOf(definition) ?? refuse('metric.not_drillable', { metric });
  for (const dimension of [...Object.keys(cell), ...Object.keys(question.filters)])
    if (!definition.dimensions.some((known) => known === dimension)) refuse('metric.dimension_unknown', { metric, dimension });

  const days = daysInCell(asked, cell);
  await planRows(figures, 'order_line', days);
  const parameters: Parameters = { ...days };
  const until = question.until === undefined ? named?.until : new Date(question.until);
  const grouped = `
    select order_id, toUnixTimestamp64Milli(max(at)) as ms, any(l.channel) as sold_in, any(l.store) as sold_at,
      ${formula.part} as part, ${formula.whole ?? '0'} as whole
    from ${formula.table} as l where day between {from:Date} and {to:Date} ${cutSql(until, parameters)} ${formula.rows}
      ${narrowSql(question, scope, parameters)} group by order_id having part != 0 or whole != 0`;
  const row = '(-g.ms, g.order_id, g.sold_in, g.sold_at, g.part, g.whole)';
  const [total] = await ask<{ orders: number; part: number; whole: number; page: RowTuple[] }>(
    figures.analytics,
    `select count() as orders, sum(g.part) as part, sum(g.whole) as whole,
       groupArraySortedIf(${question.limit + 1})(${row}, ${afterSql(question.after, parameters)}) as page
     from (${grouped}) as g ${careful}`,
    parameters,
  );
  const rows: Row[] = (total?.page ?? []).map(([ms, order_id, sold_in, sold_at, part, whole]) => ({
    order_id, ms: -ms, sold_in, sold_at, part, whole,
  })); // prettier-ignore
  const items = rows.slice(0, question.limit);
  const hasWhole = formula.whole !== undefined;
  const sums = total ?? { orders: 0, part: 0, whole: 0 };
  return {
    period: days,
    zone,
    metric,
    value: hasWhole ? (sums.whole === 0 ? null : sums.part / sums.whole) : sums.part,
    total: { orders: sums.orders, part: sums.part, whole: hasWhole ? sums.whole : null },
    items: items.map(({ order_id, ms, sold_in, sold_at, part, whole }) => ({
      orderId: order_id === nobody ? null : order_id,
      number: null,
      at: inBusinessZone(new Date(ms)),
      day: dayOf(new Date(ms)),
      channel: sold_in,
      store: sold_at,
      part,
      whole: hasWhole ? whole : null,
    })),
    next: rows.length > items.length ? cursorOf(items.at(-1)) : null,
  };
}

interface Formula {
  table: 'order_line' | 'order_step';
  /** Narrows the table to the rows that count. */
  rows: string;
  part: string;
  whole: string | undefined;
}

/** A definition as sums over an order's rows; undefined where it is not made of such sums. */
function formulaOf({ expression, zone: ofDays }: Pick<metrics.MetricDefinition, 'expression' | 'zone'>): Formula | undefined {
  if (ofDays !== businessZone) return undefined;
  const [over, under] =
    expression.kind === 'ratio'
      ? [expression.over, expression.under]
      : [expression.kind === 'one' ? [{ measure: expression.measure, sign: 1 }] : expression.terms, undefined];
  const times = expression.kind === 'ratio' ? expression.times : 1;
  for (const [table, rows, columns] of [
    ['order_line', '', ofLines],
    ['order_step', "and kind = 'released' and seconds >= 0", ofSteps],
  ] as const) {
    const written = (terms: readonly { measure: string; sign: number }[]): string | undefined =>
      terms.every(({ measure }) => columns[measure] !== undefined)
        ? terms.map(({ measure, sign }) => `${sign === -1 ? '-' : '+'} ${columns[measure]}`).join(' ')
        : undefined;
    const part = written(over);
    const whole = under && written(under);
    if (part === undefined || (under !== undefined && whole === undefined)) continue;
    return { table, rows, part: times === 1 ? part : `(${part}) * ${times}`, whole };
  }
  return undefined;
}

/** The days of the cell within those of the question; an hour is a condition of its own. */
function daysInCell(asked: Days, cell: Cell): Days {
  const spans = [
    cell.day === undefined ? undefined : { from: cell.day, to: cell.day },
    cell.week === undefined ? undefined : { from: cell.week, to: addDays(cell.week, 6) },
    cell.month === undefined ? undefined : monthsFrom(cell.month, 1),
    cell.quarter === undefined ? undefined : monthsFrom(firstOfQuarter(cell.quarter), 3),
    cell.year === undefined ? undefined : { from: `${cell.year}-01-01`, to: `${cell.year}-12-31` },
  ].filter((span) => span !== undefined);
  const days = spans.reduce(
    (all, span) => ({ from: span.from > all.from ? span.from : all.from, to: span.to < all.to ? span.to : all.to }),
    asked,
  );
  const isCalendar = [days.from, days.to].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)));
  return isCalendar && days.from <= days.to ? days : refuse('metric.period_invalid', { ...asked, cell });
}

const firstOfQuarter = (quarter: string): string =>
  `${quarter.slice(0, 4)}-${String((Number(quarter.slice(6)) - 1) * 3 + 1).padStart(2, '0')}`;

function monthsFrom(month: string, count: number): Days {
  const next = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  const end = `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`;
  return { from: `${month}-01`, to: Number.isNaN(next) ? '' : addDays(end, -1) };
}

function cutSql(until: Date | undefined, parameters: Parameters): string {
  if (until === undefined) return '';
  parameters['until'] = until.getTime();
  return "and at < fromUnixTimestamp64Milli({until:Int64}, 'Asia/Shanghai')";
}

const listed = ['channel', 'category', 'sku', 'store', 'campaign'] as const;

/** The question's filters (a category with all below it), the cell's keys (exactly), the viewer's store. */
function narrowSql({ filters, cell }: Question, scope: Scope, parameters: Parameters): string {
  const parts: string[] = [];
  const kept = { ...filters, store: scopedStores(scope, filters.store) };
  for (const name of ['channel', 'category', 'sku', 'store'] as const) {
    const values = kept[name];
    if (values === undefined || values.length === 0) continue;
    parameters[`keep_${name}`] = values;
    const list = `{keep_${name}:Array(String)}`;
    const below = name === 'category' ? ` or arrayExists(c -> startsWith(category, concat(c, '/')), ${list})` : '';
    parts.push(`and (has(${list}, ${name})${below})`);
  }
  for (const name of listed) {
    if (cell[name] === undefined) continue;
    parameters[`cell_${name}`] = cell[name];
    parts.push(`and ${name} = {cell_${name}:String}`);
  }
  if (cell.hour !== undefined) {
    parameters['cell_hour'] = cell.hour;
    parts.push("and formatDateTime(at, '%H') = {cell_hour:String}");
  }
  return parts.join(' ');
}

const cursorOf = (last: Row | undefined): string | null => (last === undefined ? null : `${last.ms}.${last.order_id}`);

/** What stands behind the last row of the page before: earlier, or at the same instant by id. A cursor of no page is the beginning. */
function afterSql(after: string | undefined, parameters: Parameters): string {
  const [, ms, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after ?? '') ?? [];
  if (ms === undefined || id === undefined) return '1';
  Object.assign(parameters, { after_ms: Number(ms), after_id: id });
  return '(-g.ms, g.order_id) > (-{after_ms:Int64}, {after_id:UUID})';
}
