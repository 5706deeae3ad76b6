import type { explore as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { addDays, dayOf } from '../../platform/time.ts';
import { type Scope, scopedStores } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { keepSql } from './events-sql.ts';
import { careful, daysOf, type Parameters, planRows, type Reading, zone } from './reading.ts';
import { overComplete, startOfUnit, stateOfUnit, unitLater, unitsBetween } from './retention-grid.ts';

type Answer = Omit<contract.CohortAnswer, 'asOf'>;

const daysMax = 3_700;
const rowsMax = 36;

interface Row {
  started: string;
  later: number;
  customers: number;
  orders: number;
  net_fen: number;
}

/**
 * Customers by the month of their first purchase, and what they bought since: a customer's first purchase is the first in the channels and
 * stores asked for. Refuses `metric.out_of_scope` for another store, `metric.period_invalid`, `metric.too_much`, `analytics.unavailable`.
 */
export async function readCohorts(reading: Reading, question: contract.CohortQuestion, scope: Scope): Promise<Answer> {
  const asked = daysOf(question, reading.now, daysMax);
  const first = startOfUnit('month', asked.from);
  const last = startOfUnit('month', asked.to);
  const count = unitsBetween('month', first, last) + 1;
  if (count > rowsMax) refuse('metric.period_invalid', { ...asked, daysMax: rowsMax * 31 });
  const today = dayOf(reading.now);
  await planRows(reading, 'customer_day', { from: '1970-01-01', to: today });

  const parameters: Parameters = { first, last, today };
  const keep = keepSql({ ...question.filters, store: scopedStores(scope, question.filters.store) }, parameters);
  const found = await ask<Row>(
    reading.analytics,
    `select toString(cohort) as started, later, countIf(bought.2 > 0) as customers, sum(bought.2) as orders, sum(bought.3) as net_fen from (
       select customer_id, minIf(month, orders > 0) as cohort, countIf(orders > 0) as times, groupArray((month, orders, net_fen)) as months from (
         select customer_id, toStartOfMonth(day) as month, sum(c.orders) as orders, sum(c.net_fen) as net_fen
         from customer_day as c where day <= {today:Date} ${keep} group by customer_id, month
       ) group by customer_id having times > 0 and cohort between {first:Date} and {last:Date}
     ) array join months as bought
     where bought.1 >= cohort group by cohort, dateDiff('month', cohort, bought.1) as later ${careful}`,
    parameters,
  );

  const byCell = new Map(found.map((row) => [`${row.started} ${row.later}`, row]));
  const rows = Array.from({ length: count }, (_, index) => {
    const start = unitLater('month', first, index);
    const isOver = stateOfUnit('month', start, today) === 'complete';
    let cumulatedFen = 0;
    const cells = Array.from({ length: question.months + 1 }, (__, later) => {
      const state = stateOfUnit('month', unitLater('month', start, later), today);
      if (state === 'ahead') return null;
      const row = byCell.get(`${start} ${later}`);
      const netSalesFen = row?.net_fen ?? 0;
      cumulatedFen += netSalesFen;
      const isComplete = isOver && state === 'complete';
      return { customers: row?.customers ?? 0, orders: row?.orders ?? 0, netSalesFen, cumulatedFen, isComplete };
    });
    return { month: start.slice(0, 7), size: cells[0]?.customers ?? 0, cells };
  });
  const overall = Array.from({ length: question.months + 1 }, (_, later) =>
    overComplete(rows, later, (cells, size) => ({
      size,
      customers: sumOf(cells, 'customers'),
      orders: sumOf(cells, 'orders'),
      netSalesFen: sumOf(cells, 'netSalesFen'),
      cumulatedFen: sumOf(cells, 'cumulatedFen'),
    })),
  );
  return {
    period: { from: first, to: addDays(unitLater('month', last, 1), -1) },
    zone,
    rows: rows.map(({ month, size, cells }) => ({ month, customers: size, cells })),
    overall,
  };
}

const sumOf = <Name extends string>(cells: readonly Readonly<Record<Name, number>>[], name: Name): number =>
  cells.reduce((sum, cell) => sum + cell[name], 0);
