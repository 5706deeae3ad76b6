// What answers say wherever they stand: the explorer, tiles of boards; part of know.
import type { answerWords as source } from '../../zh-CN/parts/answers.ts';
import type { EnglishOf } from '../../keys.ts';

export const answerWords: EnglishOf<typeof source> = {
  'answers.none': 'No figures in this period',
  'answers.definition': 'Definition',
  'answers.asOf': 'As of {{time}}, Beijing days',
  'answers.rows_one': '{{count}} row',
  'answers.rows_other': '{{count}} rows',
  'answers.cut': 'There are more rows than shown; narrow the period or add a filter',
  'answers.before': 'Compared period',
  'answers.change': 'Change',
  'answers.total': 'Total',
  'answers.rest': 'All others',
  'answers.comparedWith': 'vs {{from}} to {{to}}',
  'answers.whole': 'In all {{total}}',
  'answers.finding': 'In all {{total}}; highest: {{label}}, {{value}}',
};
