import type { ErrorCode } from '@tongshang/contract';

/** Refusals of transfers, counts, corrections, later costs and drift: part of `errorWords`. */
export const stockErrors = {
  'transfer.not_found': { zh: '没有这张调拨单', en: 'There is no such transfer' },
  'transfer.wrong_state': {
    zh: '调拨单现在的状态不能这样做。请看过最新状态再操作',
    en: 'The transfer is in a state that does not allow this. Look at it again, then act',
  },
  'transfer.same_location': { zh: '调出和调入不能是同一个地方', en: 'A transfer needs two different places' },
  'transfer.line_not_found': {
    zh: '调拨单里没有这一行[：{lineNo}]。请刷新',
    en: 'The transfer has no such line[: {lineNo}]. Refresh',
  },
  'transfer.exceeds_sent': {
    zh: '数量对不上[：{sku}][，最多 {most}]。多出的请用盘点登记',
    en: 'The units do not fit[: {sku}][, at most {most}]. Record a surplus by a count',
  },
  'transfer.nothing_sent': {
    zh: '一件也没有发出。请填数量，或取消调拨',
    en: 'Nothing would leave. Enter units, or call the transfer off',
  },
  'transfer.serials_wrong': {
    zh: '序列号对不上[：{sku}][，{serials}]。请核对实物',
    en: 'The serial numbers do not fit[: {sku}][, {serials}]. Check the goods',
  },
  'transfer.shortage_unexplained': {
    zh: '有短缺或破损的行要写明原因[：{sku}]',
    en: 'Say why units are missing or damaged[: {sku}]',
  },
  'count.not_found': { zh: '没有这张盘点单', en: 'There is no such count' },
  'count.wrong_state': {
    zh: '盘点单现在的状态不能这样做。请看过最新状态再操作',
    en: 'The count is in a state that does not allow this. Look at it again, then act',
  },
  'count.line_not_found': { zh: '盘点单里没有这一行[：{lineNo}]。请刷新', en: 'The count has no such line[: {lineNo}]. Refresh' },
  'count.incomplete': {
    zh: '还有行没有填数量[：第 {lineNos} 行]。没有货就填 0',
    en: 'Some lines have no figure[: {lineNos}]. Enter 0 where there is nothing',
  },
  'count.not_on_sheet': {
    zh: '这个 SKU 不在本次盘点范围[：{sku}]，请另开一张盘点单',
    en: 'This SKU is not being counted on this sheet[: {sku}]. Open another count for it',
  },
  'count.nothing_to_count': {
    zh: '这里没有可盘点的商品。请换一个范围',
    en: 'There is nothing to count here. Choose something else',
  },
  'count.too_large': {
    zh: '一张盘点单最多 {most} 行。请分成几张',
    en: 'A sheet holds at most {most} lines. Make several',
  },
  'count.needs_second_person': { zh: '有差异的行要由另一个人复盘', en: 'Somebody else must count the lines that differ' },
  'correction.not_found': { zh: '没有这张库存更正单', en: 'There is no such correction' },
  'correction.wrong_state': {
    zh: '这张更正单已经处理过了。请看过最新状态',
    en: 'This correction has been dealt with. Look at it again',
  },
  'correction.needs_second_person': {
    zh: '要由没有盘点或提出它的人批准',
    en: 'Somebody who neither counted nor proposed it must decide',
  },
  'correction.overtaken': {
    zh: '之后又盘点或导入过[：{sku}]。请驳回这张，按最新数量再查',
    en: 'It has been counted or imported since[: {sku}]. Reject this one and look at the latest figure',
  },
  'correction.limit_stale': {
    zh: '限额刚被别人改过。请看过新值再保存',
    en: 'Somebody has just changed the limit. Look at it, then save again',
  },
  'landed_cost.not_found': { zh: '没有这笔到货后费用', en: 'There is no such landed cost' },
  'receipt.not_found': {
    zh: '没有这张单据的收货[：{cause}]。请核对单号',
    en: 'Nothing was received by this document[: {cause}]. Check its number',
  },
  'drift_report.not_found': { zh: '没有这份对账报告', en: 'There is no such drift report' },
} as const satisfies Partial<Readonly<Record<ErrorCode, { readonly zh: string; readonly en: string }>>>;
