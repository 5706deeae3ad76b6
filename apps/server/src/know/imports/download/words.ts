// The words of files that people download. What is wrong with a row is said in the contract's words, as on the screen.
import { imports as contract } from '@tongshang/contract';
import { customerFileNames, synonyms } from '../columns/synonyms.ts';
import type { BadReason, Kind } from '../tables.ts';

export type Language = 'zh-CN' | 'en';

export const badRowHeadings: Readonly<Record<Language, readonly [rowNo: string, reasons: string]>> = {
  'zh-CN': ['原始行号', '错误原因'],
  en: ['Original row', 'What is wrong'],
};

/** The heading of a column in a file of ours. */
export function headingOf(kind: Kind, field: contract.ImportField, language: Language): string {
  const words = kind === 'customers' && field === 'name' ? customerFileNames : synonyms[field];
  return (language === 'en' ? words[1] : words[0]) ?? field;
}

/** All reasons against a row in one cell, each as the screen says it: `数量：不是数字（三打）；…`. */
export const sentenceOf = (reasons: readonly BadReason[], language: Language): string =>
  reasons.map((reason) => contract.badRowSentence(reason, language)).join(language === 'zh-CN' ? '；' : '; ');
