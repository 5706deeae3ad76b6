// The words of files that people download. Screens have their own; both follow the same closed lists, so a missing word does not compile.
import type { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { customerFileNames, synonyms } from '../columns/synonyms.ts';
import type { BadReason, Kind } from '../tables.ts';

export type Language = 'zh-CN' | 'en';
type Code = z.output<typeof contract.BadRowCode>;

export const badRowHeadings: Readonly<Record<Language, readonly [rowNo: string, reasons: string]>> = {
  'zh-CN': ['原始行号', '错误原因'],
  en: ['Original row', 'What is wrong'],
};

const codeWords: Readonly<Record<Language, Readonly<Record<Code, string>>>> = {
  'zh-CN': {
    'cell.missing': '不能为空',
    'cell.too_long': '内容过长',
    'number.invalid': '不是有效的数字',
    'number.not_whole': '必须是整数',
    'number.negative': '不能为负数',
    'number.too_large': '数值过大',
    'date.invalid': '不是有效的日期',
    'date.in_future': '日期在将来',
    'phone.invalid': '不是有效的电话号码',
    'email.invalid': '不是有效的邮箱',
    'id.damaged': '编号已被表格软件损坏（科学计数或超过 15 位），请以文本格式重新填写',
    'choice.unknown': '不是可识别的选项',
    'row.too_wide': '单元格多于表头列数，可能有未加引号的分隔符',
    'row.repeated': '与本文件中此行重复且内容不同，行号',
    'sku.unknown': '商品库中没有此货号',
    'location.unknown': '没有此仓库或门店',
    'category.unknown': '没有此类目',
    'order.held_back': '同一订单的另一行有错，整单暂不导入，行号',
    'order.too_long': '单个订单的行数超过上限',
    'order.mixed_customers': '同一订单出现了不同客户',
    'order.different': '此订单号已存在且金额或时间不同，保留原订单',
    'stock.promised': '少于已承诺给订单的数量',
  },
  en: {
    'cell.missing': 'must not be empty',
    'cell.too_long': 'is too long',
    'number.invalid': 'is not a number',
    'number.not_whole': 'must be a whole number',
    'number.negative': 'must not be negative',
    'number.too_large': 'is too large',
    'date.invalid': 'is not a date',
    'date.in_future': 'is in the future',
    'phone.invalid': 'is not a phone number',
    'email.invalid': 'is not an e-mail address',
    'id.damaged': 'was damaged by a spreadsheet (exponent, or more than 15 digits); enter it again as text',
    'choice.unknown': 'is not one of the known words',
    'row.too_wide': 'has more cells than the heading; perhaps a separator without quotes',
    'row.repeated': 'repeats an earlier row with other values, row',
    'sku.unknown': 'is not in the catalogue',
    'location.unknown': 'is not one of our warehouses or stores',
    'category.unknown': 'is not one of our categories',
    'order.held_back': 'another row of this order is wrong, so the order waits as a whole, row',
    'order.too_long': 'one order has too many lines',
    'order.mixed_customers': 'one order names different customers',
    'order.different': 'this order is stored already with another total or time; the stored one is kept',
    'stock.promised': 'is less than is promised to orders',
  },
};

/** The heading of a column in a file of ours. */
export function headingOf(kind: Kind, field: contract.ImportField, language: Language): string {
  const words = kind === 'customers' && field === 'name' ? customerFileNames : synonyms[field];
  return (language === 'en' ? words[1] : words[0]) ?? field;
}

/** All reasons against a row in one cell: `数量：不是有效的数字（三打）；…`. */
export function sentenceOf(kind: Kind, reasons: readonly BadReason[], language: Language): string {
  const isChinese = language === 'zh-CN';
  return reasons
    .map(({ code, field, value }) => {
      const subject = field === null ? '' : `${headingOf(kind, field, language)}${isChinese ? '：' : ': '}`;
      const shown = value === null || value === '' ? '' : isChinese ? `（${value}）` : ` (${value})`;
      return `${subject}${codeWords[language][code]}${shown}`;
    })
    .join(isChinese ? '；' : '; ');
}
