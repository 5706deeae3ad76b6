// How the columns and faults of an imported file are called: on the screen, and in the list of bad rows that is downloaded and mended.
import type * as z from 'zod';
import type { BadRowCode, BadRowReason, ImportField } from './imports.ts';

interface Word {
  readonly zh: string;
  readonly en: string;
}
const word = (zh: string, en: string): Word => ({ zh, en });

export const importFieldWords: Readonly<Record<ImportField, Word>> = {
  sku: word('SKU', 'SKU'),
  name: word('名称', 'Name'),
  style: word('款号', 'Style'),
  nameEn: word('英文名', 'English name'),
  brand: word('品牌', 'Brand'),
  category: word('分类', 'Category'),
  line: word('产品线', 'Line'),
  color: word('颜色', 'Colour'),
  size: word('尺码', 'Size'),
  barcode: word('条码', 'Barcode'),
  price: word('价格', 'Price'),
  cost: word('成本', 'Cost'),
  taxRate: word('税率', 'Tax rate'),
  weight: word('重量', 'Weight'),
  shelfLifeDays: word('保质期（天）', 'Shelf life (days)'),
  summary: word('简介', 'Summary'),
  state: word('状态', 'State'),
  quantity: word('数量', 'Quantity'),
  location: word('地点', 'Location'),
  customer: word('顾客编号', 'Customer number'),
  phone: word('手机', 'Mobile'),
  email: word('邮箱', 'E-mail'),
  region: word('地区', 'Region'),
  address: word('地址', 'Address'),
  order: word('订单号', 'Order number'),
  placedAt: word('下单时间', 'Placed at'),
  customerName: word('顾客姓名', 'Customer name'),
  note: word('备注', 'Note'),
};

type Code = z.output<typeof BadRowCode>;

export const badRowWords: Readonly<Record<Code, Word>> = {
  'cell.missing': word('必填的内容是空的', 'a required cell is empty'),
  'cell.too_long': word('内容太长', 'too long'),
  'number.invalid': word('不是数字', 'not a number'),
  'number.not_whole': word('要整数', 'must be a whole number'),
  'number.negative': word('不能是负数', 'must not be negative'),
  'number.too_large': word('数字太大', 'too large'),
  'date.invalid': word('日期读不懂', 'not a date'),
  'date.in_future': word('日期在将来', 'a date in the future'),
  'phone.invalid': word('手机号不对', 'not a phone number'),
  'email.invalid': word('邮箱不对', 'not an e-mail address'),
  'id.damaged': word(
    '编号被表格软件改坏了（科学计数或超过 15 位），请按文本重填',
    'the spreadsheet damaged this number (an exponent, or more than 15 digits): enter it again as text',
  ),
  'choice.unknown': word('不认识的取值', 'not a known choice'),
  'row.too_wide': word(
    '比表头多出单元格，可能有未加引号的分隔符',
    'more cells than headings; perhaps a separator without quotes',
  ),
  'row.repeated': word('与前面的行重复但内容不同', 'repeats an earlier row with other values'),
  'sku.unknown': word('没有这个 SKU', 'no such SKU'),
  'location.unknown': word('没有这个地点', 'no such location'),
  'category.unknown': word('没有这个分类', 'no such category'),
  'order.held_back': word('同一订单的另一行有问题，整单未导入', 'another row of the order is bad; orders land whole'),
  'order.too_long': word('订单行数太多', 'the order has too many lines'),
  'order.mixed_customers': word('同一订单出现不同顾客', 'several customers in one order'),
  'order.different': word(
    '已有同号订单，但金额或时间不同；保留原订单',
    'an order of this number exists with another total or time; the stored one is kept',
  ),
  'stock.promised': word('比已占用的数量还少', 'less than what is promised already'),
};

/** Of these the value is the number of another row. */
const rowCodes: ReadonlySet<Code> = new Set(['row.repeated', 'order.held_back']);

/** Why a row cannot land: `价格：不是数字（三元）`. */
export function badRowSentence({ code, field, value }: z.output<typeof BadRowReason>, language: 'zh-CN' | 'en'): string {
  const isChinese = language === 'zh-CN';
  const said = ({ zh, en }: Word): string => (isChinese ? zh : en);
  const subject = field === null ? '' : `${said(importFieldWords[field])}${isChinese ? '：' : ': '}`;
  if (value === null || value === '') return `${subject}${said(badRowWords[code])}`;
  const shown = rowCodes.has(code) ? (isChinese ? `第 ${value} 行` : `row ${value}`) : value;
  return `${subject}${said(badRowWords[code])}${isChinese ? `（${shown}）` : ` (${shown})`}`;
}
