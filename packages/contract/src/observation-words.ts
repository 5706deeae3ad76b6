// How outside figures, their columns and their faults are called: on the screen, and in the files that people fill in.
import type { ObservableName, ObservationFault, ObservationField } from './observations.ts';

interface Word {
  readonly zh: string;
  readonly en: string;
}
const word = (zh: string, en: string): Word => ({ zh, en });

export const observableWords: Readonly<Record<ObservableName, Word>> = {
  campaign_spend: word('活动花费', 'Campaign spend'),
  service_cost: word('其他履约费用', 'Other cost of serving'),
  receivables: word('应收账款余额', 'Receivables'),
  payables: word('应付账款余额', 'Payables'),
  satisfaction: word('顾客满意度', 'Customer satisfaction'),
  review_score: word('口碑评分', 'Review score'),
  brand_search_index: word('品牌搜索指数', 'Brand search index'),
  share_of_voice: word('声量占比', 'Share of voice'),
  social_mentions: word('社媒提及', 'Social mentions'),
  exposure: word('曝光次数', 'Exposure'),
};

export const observationFieldWords: Readonly<Record<ObservationField, Word>> = {
  name: word('指标', 'Figure'),
  from: word('起始日期', 'From'),
  to: word('截止日期', 'To'),
  channel: word('渠道', 'Channel'),
  campaign: word('活动', 'Campaign'),
  value: word('数值', 'Value'),
  cases: word('样本数', 'Cases'),
  source: word('来源', 'Source'),
  note: word('备注', 'Note'),
};

export const observationFaultWords: Readonly<Record<ObservationFault['code'], Word>> = {
  'cell.missing': word('必填的内容是空的', 'is required'),
  'cell.too_long': word('内容太长', 'too long'),
  'name.unknown': word('没有这个指标', 'no such figure'),
  'number.invalid': word('不是数字', 'not a number'),
  'number.not_whole': word('要整数', 'must be a whole number'),
  'number.too_precise': word('小数最多四位', 'at most four decimals'),
  'number.out_of_range': word('超出这个指标的范围', 'outside the range of this figure'),
  'date.invalid': word('日期读不懂', 'not a date'),
  'date.in_future': word('日期在将来', 'a date in the future'),
  'period.backwards': word('截止早于起始', 'ends before it begins'),
  'period.too_long': word('最多覆盖 366 天', 'covers more than 366 days'),
  'period.overlaps': word(
    '与已有数字的日期重叠，会重复计算',
    'overlaps the days of a figure that is there; they would count twice',
  ),
  'row.repeated': word('与前面的行重复', 'repeats an earlier row'),
};

/** Why a row cannot be kept: `数值：不是数字（三元）`. */
export function observationFaultSentence({ code, field, value }: ObservationFault, language: 'zh-CN' | 'en'): string {
  const isChinese = language === 'zh-CN';
  const said = ({ zh, en }: Word): string => (isChinese ? zh : en);
  const subject = field === null ? '' : `${said(observationFieldWords[field])}${isChinese ? '：' : ': '}`;
  const told = `${subject}${said(observationFaultWords[code])}`;
  if (value === null || value === '') return told;
  const shown = code === 'row.repeated' ? (isChinese ? `第 ${value} 行` : `row ${value}`) : value;
  return isChinese ? `${told}（${shown}）` : `${told} (${shown})`;
}
