import type { ErrorCode } from '@tongshang/contract';

/** Refusals of metrics and their definitions: part of `errorWords`. */
export const metricErrors = {
  'metric.window_unfit': {
    zh: '移动或累计窗口只能用于按日看的可加指标和比率[：{metric}]',
    en: 'Moving and cumulative windows suit sums and ratios by day only[: {metric}]',
  },
  'metric.zones_mixed': {
    zh: '这些指标按不同时区的日子计算，不能放在同一个问题里。请分开查看',
    en: 'These metrics count days of different time zones and cannot share one question. Ask them apart',
  },
  'metric.out_of_scope': {
    zh: '这个数据超出您可以查看的门店范围',
    en: 'This figure is outside the store you may look at',
  },
  'metric.too_much': {
    zh: '这样要读 {rows} 行，超过上限 {rowsMax} 行。请缩短时间段、按整日查看、先筛选渠道或类目，或少选一个维度',
    en: 'This would read {rows} rows; {rowsMax} is the most. Choose a shorter period or whole days, filter by channel or category first, or split by less',
  },
  'metric.changed': {
    zh: '刚刚有人发布了这个指标的新版本。看过最新的再改',
    en: 'Somebody has just published a new version of this metric. Look at it, then make yours',
  },
  'metric.invalid': {
    zh: '这个口径算不出来。请检查公式里的度量、时区和单位',
    en: 'This definition cannot be computed. Check the measures of its formula, the zone and the unit',
  },
  'metric.rewrites_history': {
    zh: '新版本只能从今天或以后开始生效，不能改写已公布的历史',
    en: 'A new version is valid from today or later; published history is not rewritten',
  },
  'product_request.not_found': { zh: '找不到这条求购', en: 'No such wish' },
  'product_request.changed': {
    zh: '刚刚有人处理了这条求购。看过最新的再改',
    en: 'Somebody has just settled this wish. Look at it again first',
  },
  'product_request.too_many': {
    zh: '今天已经记下您 {max} 条求购了，明天再告诉我们吧',
    en: 'We have kept {max} wishes of yours today. Please tell us the next ones tomorrow',
  },
} satisfies Partial<Record<ErrorCode, { readonly zh: string; readonly en: string }>>;
