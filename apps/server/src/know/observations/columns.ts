import { observations as contract } from '@tongshang/contract';

type Field = contract.ObservationField;

/** How people head a column, by what it means; the words of our own templates come by themselves. */
const synonyms: Readonly<Record<Field, readonly string[]>> = {
  name: ['指标名称', '项目', 'Indicator', 'Metric', 'Name'],
  from: ['日期', '开始日期', '起始', 'Date', 'Day', 'Start', 'Start date'],
  to: ['结束日期', '截止', '止', 'End', 'End date'],
  channel: ['平台', '来源平台', 'Platform'],
  campaign: ['活动名称', '投放计划', 'Campaign name', 'utm_campaign'],
  value: ['值', '金额', '数字', 'Amount', 'Figure value'],
  cases: ['样本', '样本量', '评价数', '答卷数', 'Sample', 'Answers', 'Reviews', 'Weight'],
  source: ['数据来源', '出处', 'Data source'],
  note: ['说明', '注释', 'Notes', 'Remark'],
};

const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_()（）]/g, '');

const fieldOf: ReadonlyMap<string, Field> = new Map(
  contract.observationFields.flatMap(({ field }) => {
    const { zh, en } = contract.observationFieldWords[field];
    return [field, zh, en, headingOf(field, 'zh-CN'), headingOf(field, 'en'), ...synonyms[field]].map(
      (text) => [plainHeading(text), field] as const,
    );
  }),
);

/** What each column means; the first of two with the same meaning. */
export function columnsOf(headings: readonly string[]): ReadonlyMap<Field, number> {
  const found = new Map<Field, number>();
  for (const [index, heading] of headings.entries()) {
    const field = fieldOf.get(plainHeading(heading.replace(/^\uFEFF/, '')));
    if (field !== undefined && !found.has(field)) found.set(field, index);
  }
  return found;
}

/** A heading of the template: of the value it says that money is in yuan. */
export function headingOf(field: Field, language: 'zh-CN' | 'en'): string {
  const { zh, en } = contract.observationFieldWords[field];
  if (field === 'value') return language === 'en' ? `${en} (money in yuan)` : `${zh}（金额填元）`;
  return language === 'en' ? en : zh;
}

/** What people call a figure besides its own names. */
const alsoCalled: Readonly<Record<contract.ObservableName, readonly string[]>> = {
  campaign_spend: ['花费', '投放花费', '广告费', 'Spend', 'Ad spend'],
  service_cost: ['履约费用', 'Serving cost'],
  receivables: ['应收', '应收账款', '应收余额'],
  payables: ['应付', '应付账款', '应付余额'],
  satisfaction: ['满意度', 'CSAT'],
  review_score: ['评分', '评价分', 'Rating'],
  brand_search_index: ['搜索指数', '百度指数', '微信指数', 'Search index'],
  share_of_voice: ['声量', 'SOV'],
  social_mentions: ['提及', '提及量', 'Mentions'],
  exposure: ['曝光', '曝光量', '展现量', 'Impressions'],
};

const observableNamed: ReadonlyMap<string, contract.ObservableName> = new Map(
  contract.observableNames.flatMap((name) => {
    const { zh, en } = contract.observableWords[name];
    return [name, zh, en, ...alsoCalled[name]].map((text) => [plainHeading(text), name] as const);
  }),
);

/** A figure by its code or by its name in either language. */
export const observableOfText = (text: string): contract.ObservableName | undefined => observableNamed.get(plainHeading(text));
