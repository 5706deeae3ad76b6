// What questions of Know are made of: periods, comparisons, windows, charts, and the kinds of analysis.
import type { boards, explore, metrics } from '@tongshang/contract';
import type { Word } from './terms.ts';

type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const word = (zh: string, en: string): Word => ({ zh, en });

export const periodWords: Each<typeof metrics.periods, Word> = {
  today: word('今日', 'Today'),
  yesterday: word('昨日', 'Yesterday'),
  last_7_days: word('近 7 个整日', 'Last 7 full days'),
  last_28_days: word('近 28 个整日', 'Last 28 full days'),
  last_90_days: word('近 90 个整日', 'Last 90 full days'),
  last_365_days: word('近 365 个整日', 'Last 365 full days'),
  this_week: word('本周至今', 'This week so far'),
  last_week: word('上周', 'Last week'),
  this_month: word('本月至今', 'This month so far'),
  last_month: word('上月', 'Last month'),
  this_quarter: word('本季至今', 'This quarter so far'),
  last_quarter: word('上季', 'Last quarter'),
  this_year: word('今年至今', 'This year so far'),
  last_year: word('去年', 'Last year'),
};

export const compareWords: Each<typeof metrics.compareKinds, Word> = {
  previous: word('对比上一段', 'vs previous period'),
  same_weekday: word('对比同星期', 'vs same weekdays'),
  year: word('对比去年同期（公历）', 'vs last year'),
  lunar_year: word('对比去年同期（农历，春节对齐）', 'vs last year, Spring Festival aligned'),
};

export const windowWords: Each<typeof metrics.metricWindows, Word> = {
  none: word('每日原值', 'Each day by itself'),
  moving_7: word('7 日移动平均', '7-day moving mean'),
  moving_28: word('28 日移动平均', '28-day moving mean'),
  month_to_date: word('本月累计', 'Month to date'),
  year_to_date: word('本年累计', 'Year to date'),
};

export const chartWords: Each<typeof boards.charts, Word> = {
  auto: word('自动选图', 'Chart by itself'),
  figure: word('数字', 'Figure'),
  line: word('折线', 'Line'),
  bars: word('条形', 'Bars'),
  stacked: word('堆叠柱', 'Stacked bars'),
  table: word('只看表', 'Table only'),
};

export const questionKindWords: Each<typeof boards.questionKinds, Word> = {
  metrics: word('指标', 'Metrics'),
  funnel: word('漏斗', 'Funnel'),
  retention: word('留存', 'Retention'),
  cohorts: word('同期群', 'Cohorts'),
  paths: word('路径', 'Paths'),
  rfm: word('RFM', 'RFM'),
};

export const windowUnitWords: Each<typeof explore.windowUnits, Word> = {
  minutes: word('分钟', 'minutes'),
  hours: word('小时', 'hours'),
  days: word('天', 'days'),
};

export const funnelSegmentWords: Each<typeof explore.funnelSegments, Word> = {
  channel: word('渠道', 'Channel'),
  campaign: word('营销活动', 'Campaign'),
  language: word('语言', 'Language'),
  customer: word('新客与老客', 'New or returning'),
};

export const retentionUnitWords: Each<typeof explore.retentionUnits, Word> = {
  day: word('日', 'day'),
  week: word('周', 'week'),
  month: word('月', 'month'),
};

export const deedTypeWords: Each<typeof explore.deedTypes, Word> = {
  track: word('动作', 'Action'),
  page: word('页面', 'Page'),
  screen: word('屏幕', 'Screen'),
};

export const filterTestWords: Each<typeof explore.filterTests, Word> = {
  is: word('是', 'is'),
  is_not: word('不是', 'is not'),
  contains: word('含有', 'contains'),
  at_least: word('不小于', 'is at least'),
  at_most: word('不大于', 'is at most'),
  is_set: word('有值', 'is set'),
  is_not_set: word('没有值', 'is not set'),
};

export const rfmSegmentWords: Each<typeof explore.rfmSegments, Word> = {
  champions: word('核心客户', 'Champions'),
  loyal: word('忠诚客户', 'Loyal'),
  potential_loyal: word('潜在忠诚', 'Potentially loyal'),
  new: word('新客户', 'New'),
  promising: word('有希望', 'Promising'),
  needs_attention: word('需要关注', 'Need attention'),
  about_to_sleep: word('即将沉睡', 'About to sleep'),
  at_risk: word('有流失风险', 'At risk'),
  cannot_lose: word('必须挽留', 'Must not be lost'),
  hibernating: word('休眠', 'Hibernating'),
  lost: word('已流失', 'Lost'),
};

/** What a metric counts, as it is written in the definitions that ship; staff write their own words. */
export const grainWords: Readonly<Record<string, Word>> = {
  'order line': word('订单行', 'order line'),
  order: word('订单', 'order'),
  visitor: word('访客', 'visitor'),
  customer: word('顾客', 'customer'),
  'SKU and location': word('SKU 与地点', 'SKU and location'),
  'campaign and day': word('活动与日', 'campaign and day'),
  house: word('整个企业', 'the house'),
  return: word('退货', 'return'),
  answer: word('答卷', 'answer'),
  'engine and day': word('搜索引擎与日', 'engine and day'),
  mention: word('提及', 'mention'),
  review: word('评价', 'review'),
  impression: word('展示', 'impression'),
};

export const metricUnits: Each<typeof metrics.metricUnits, Word> = {
  fen: word('元', 'yuan'),
  ratio: word('比例', 'ratio'),
  count: word('个', 'count'),
  units: word('件', 'units'),
  days: word('天', 'days'),
  seconds: word('秒', 'seconds'),
  times: word('次/年', 'times a year'),
  score: word('分', 'score'),
  index: word('指数', 'index'),
};

/** What was counted against a level, as people type it. */
export const typedUnits: Each<typeof metrics.metricUnits, Word> = {
  fen: word('元', 'yuan'),
  ratio: word('%', '%'),
  count: word('个', ''),
  units: word('件', 'units'),
  days: word('天', 'days'),
  seconds: word('分钟', 'minutes'),
  times: word('次/年', 'times a year'),
  score: word('分', 'score'),
  index: word('指数', 'index'),
};
