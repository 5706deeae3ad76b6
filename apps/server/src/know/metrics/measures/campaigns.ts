import type { metrics as contract } from '@tongshang/contract';
import { addDays } from '../../../platform/time.ts';
import { orderEvents, returnEvents } from './events.ts';
import { type Family, type MeasureRow, measuresOf } from './measure.ts';
import {
  calendarColumns,
  type Columns,
  filterSql,
  groupBy,
  instantSql,
  keyList,
  keysOf,
  type Parameters,
  periodSql,
  type Read,
  type Slice,
} from './slice.ts';

const dimensions: contract.Dimension[] = ['day', 'week', 'month', 'quarter', 'year', 'campaign'];

/** Sales to visitors whom a campaign brought, as the stream attributes them: the last campaign within a day before they paid. */
export const campaigns: Family = {
  name: 'campaigns',
  measures: measuresOf({ dimensions, events: [...orderEvents, ...returnEvents, 'collection.batch'], unit: 'fen' }, [
    {
      name: 'campaign_net_fen',
      title: { zh: '活动带来的净额（不含税）', en: 'Net amount brought by campaigns, without VAT' },
      columns: ['order_line.net_fen', 'order_line.campaign'],
    },
    {
      name: 'campaign_cost_fen',
      title: { zh: '活动带来销售的成本', en: 'Cost of what campaigns sold' },
      columns: ['order_line.net_cost_fen', 'order_line.campaign'],
    },
  ]),
  read: readCampaigns,
};

interface CampaignRow extends Record<string, unknown> {
  campaign_net_fen: number;
  campaign_cost_fen: number;
  n: number;
}

async function readCampaigns(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const columns: Columns = { ...calendarColumns(slice.zone), campaign: 'campaign' };
  const parameters: Parameters = {};
  const filter = `and campaign != '' ${filterSql(slice.filters, columns, parameters)}`;
  const rows = await read<CampaignRow>(
    `select ${keyList(slice.by, columns)} sum(l.net_fen) as campaign_net_fen, sum(l.net_cost_fen) as campaign_cost_fen, sum(l.orders) as n
     from ${sourceOf(slice, filter, parameters)} as l ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => {
    const { campaign_net_fen, campaign_cost_fen, n } = row;
    return { keys: keysOf(row, slice.by), n, values: { campaign_net_fen, campaign_cost_fen } };
  });
}

/** Whole days come from the small sums, a day that is cut from the lines. */
function sourceOf(slice: Slice, filter: string, parameters: Parameters): string {
  const columns = 'day, campaign, net_fen, net_cost_fen, orders';
  const inPeriod = periodSql(slice, parameters);
  if (slice.until === undefined) return `(select ${columns} from sales_day where ${inPeriod} ${filter})`;
  parameters['wholeTo'] = addDays(slice.to, -1);
  return `(select ${columns} from sales_day where day between {from:Date} and {wholeTo:Date} ${filter}
    union all select ${columns} from order_line where day = {to:Date} and at < ${instantSql('until', slice.until, parameters)} ${filter})`;
}
