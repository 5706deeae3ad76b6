import { ratio, ship, sum } from './shipped.ts';

const daySeconds = 86_400;
/** What nobody observed is a gap, never a zero. */
const observed = {
  missing: 'gap',
  polarity: 'more_is_better',
  owner: 'marketer',
  quality: {
    freshnessGoalSeconds: 7 * daySeconds,
    gaps: { zh: '只有录入过的天才有数。', en: 'Only days that somebody recorded have a figure.' },
  },
} as const;
const brand = { ...observed, group: 'brand', isScorecard: true } as const;

/** Figures from outside, by form, file or API. */
export const outsideMetrics = [
  ship('satisfaction', {
    ...observed,
    title: ['顾客满意度', 'Satisfaction'],
    explanation: [
      '满意度问卷的平均分（1 至 5），按答卷数加权；没有样本数的每天计一份。',
      'Mean score of surveys, 1 to 5, weighted by answers; a day whose answers nobody counted weighs one.',
    ],
    expression: ratio(['satisfaction_points'], ['satisfaction_answers']),
    unit: 'score',
    grain: 'answer',
    group: 'customers',
    isScorecard: true,
  }),
  ship('brand_search_index', {
    ...brand,
    title: ['品牌搜索指数', 'Brand search index'],
    explanation: [
      '搜索引擎给出的品牌词指数，所选时间内各天的平均。',
      'The index of searches for the brand as search engines publish it, the mean of the days.',
    ],
    expression: ratio(['search_index_points'], ['search_index_readings']),
    unit: 'index',
    grain: 'engine and day',
  }),
  ship('social_mentions', {
    ...brand,
    title: ['社媒提及', 'Social mentions'],
    explanation: [
      '社交媒体上提到品牌的次数，跨天录入的均摊到各天。',
      'Times the brand was mentioned in social media; a figure of several days spreads evenly over them.',
    ],
    expression: sum('mentions'),
    unit: 'count',
    grain: 'mention',
  }),
  ship('share_of_voice', {
    ...brand,
    title: ['声量占比', 'Share of voice'],
    explanation: [
      '自家声量占同行总声量的比例，按总声量加权。',
      'Our share of what is said about our market, weighted by how much is said.',
    ],
    expression: ratio(['own_voice'], ['whole_voice']),
    unit: 'ratio',
    grain: 'mention',
  }),
  ship('review_score', {
    ...brand,
    title: ['口碑评分', 'Review score'],
    explanation: [
      '各平台评价的平均分（1 至 5），按评价数加权。',
      'Mean score of reviews on all platforms, 1 to 5, weighted by reviews.',
    ],
    expression: ratio(['review_points'], ['reviews']),
    unit: 'score',
    grain: 'review',
  }),
  ship('exposure', {
    ...brand,
    title: ['曝光次数', 'Exposure'],
    explanation: [
      '广告和内容被展示的次数，由投放和内容平台给出。',
      'Times our advertisements and content were shown, as the platforms report it.',
    ],
    expression: sum('impressions'),
    unit: 'count',
    grain: 'impression',
  }),
  ship('campaign_spend', {
    ...observed,
    title: ['活动花费', 'Campaign spend'],
    explanation: [
      '录入的活动花费，跨天的按整分均摊到各天。',
      'What campaigns cost as recorded; spend over several days spreads evenly over them, to the fen.',
    ],
    expression: sum('campaign_spend_fen'),
    unit: 'fen',
    grain: 'campaign and day',
    polarity: 'neutral',
    group: 'finance',
  }),
];
