// What answers say wherever they stand: the explorer, tiles of boards; part of know.
export const answerWords = {
  'answers.none': '这段时间没有数据',
  'answers.definition': '口径',
  'answers.asOf': '数据截至 {{time}}，按北京时间分日',
  'answers.rows_other': '{{count}} 行',
  'answers.cut': '还有更多行没有显示，请缩小范围或加筛选',
  'answers.before': '对比期',
  'answers.change': '变化',
  'answers.total': '合计',
  'answers.rest': '其他',
  'answers.comparedWith': '较 {{from}} 至 {{to}}',
  'answers.whole': '合计 {{total}}',
  'answers.finding': '合计 {{total}}；最高：{{label}}，{{value}}',
};
