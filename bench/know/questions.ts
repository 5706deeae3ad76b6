// What people ask of figures: every tile of the house's cockpits, an analyst's questions, a funnel; and the same in plain SQL.
import { boards } from '@tongshang/contract';
import { houseBoards } from '../../apps/server/src/know/boards/house-boards.ts';
import type { Figures } from '../../apps/server/src/know/metrics/index.ts';
import { readTile } from '../../apps/server/src/know/boards/read-tile.ts';
import { wholeHouse } from '../../apps/server/src/know/metrics/index.ts';

type Question = boards.TileQuestion;

/** Tiles with figures; cohorts, RFM and funnels that stand on cockpits are analysts' questions. */
export const tiles: readonly Question[] = unique(
  houseBoards.flatMap((board) => board.tiles.flatMap(({ question }) => (question?.kind === 'metrics' ? [question] : []))),
);

const metrics = (question: object): Question => boards.TileQuestion.parse({ kind: 'metrics', question });
const step = (event: string) => ({ type: 'track', event });

/** An analyst's questions on a quarter or a year, in two dimensions, narrowed and compared. */
export const explorer: readonly Question[] = [
  metrics({
    metrics: ['net_sales', 'gross_margin', 'orders'],
    period: 'last_90_days',
    by: ['day', 'channel'],
    compare: 'previous',
  }),
  metrics({
    metrics: ['net_sales', 'units_sold', 'return_rate'],
    period: 'last_90_days',
    by: ['sku'],
    limit: 100,
    compare: 'year',
  }),
  metrics({ metrics: ['net_sales', 'aov'], period: 'last_365_days', by: ['month', 'category'] }),
  metrics({ metrics: ['net_sales'], period: 'last_365_days', by: ['week', 'store'], channel: ['store'] }),
  metrics({ metrics: ['visitors', 'conversion'], period: 'last_90_days', by: ['day'] }),
  metrics({ metrics: ['visitors', 'conversion'], period: 'last_28_days', by: ['campaign'], limit: 50 }),
  metrics({ metrics: ['net_sales'], period: 'last_90_days', by: ['day'], window: 'moving_7', category: ['c1/k1', 'c2/k2'] }),
  metrics({ metrics: ['new_customers', 'returning_customers'], period: 'last_365_days', by: ['month'] }),
];

export const funnel: Question = boards.TileQuestion.parse({
  kind: 'funnel',
  question: {
    period: 'last_28_days',
    steps: ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed'].map(step),
  },
});

/** What else an analyst opens, each with its own row. */
export const others: Readonly<Record<string, Question>> = Object.fromEntries(
  houseBoards
    .flatMap(({ tiles: all }) => all.flatMap(({ question }) => question ?? []))
    .flatMap((question) => (question.kind === 'cohorts' || question.kind === 'rfm' ? [[question.kind, question]] : [])),
);

/** The answer as it is read for a screen, whoever else asked before: nothing is kept. */
export const answer = (figures: Figures, question: Question): Promise<unknown> => readTile(figures, question, wholeHouse);

/** The least that ClickHouse must do for the same: the smallest table that holds it, no compared period, no names. */
export const rawSql = {
  tile: 'select channel, sum(net_fen) from sales_day where day > {to:Date} - 28 and day <= {to:Date} group by channel',
  explorer:
    'select sku, sum(net_fen), sum(paid_units) from sales_sku_day where day > {to:Date} - 90 and day <= {to:Date} group by sku order by 2 desc limit 100',
  funnel: `select level, count() from (
      select visitor_id, windowFunnel(604800)(toUInt32(toUnixTimestamp(at)), event = 'Product Viewed', event = 'Product Added', event = 'Checkout Started',
        event = 'Order Completed') as level
      from behaviour where day > {to:Date} - 28 and day <= {to:Date} and visitor_kind in ('', 'house') group by visitor_id
    ) group by level`,
} as const;

function unique(questions: readonly Question[]): Question[] {
  return [...new Map(questions.map((question) => [JSON.stringify(question), question])).values()];
}
