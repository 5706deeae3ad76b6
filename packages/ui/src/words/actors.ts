import type { Language } from '../format/language.ts';
import { say, type Word } from './terms.ts';

/** The rules and jobs of the house by the names that people read on timelines; what is missing here is shown by its own name. */
const rules: Readonly<Record<string, Word>> = {
  'orders.mark-paid': { zh: '收款登记', en: 'Payment booking' },
  'orders.release-paid-order': { zh: '自动放行', en: 'Automatic release' },
  'orders/expire-orders': { zh: '超时未付取消', en: 'Unpaid order expiry' },
  'orders.note-refund': { zh: '退款登记', en: 'Refund booking' },
  'orders.note-failed-refund': { zh: '退款登记', en: 'Refund booking' },
  'orders.note-failed-payment': { zh: '收款登记', en: 'Payment booking' },
  'payments/check-payments': { zh: '支付核对', en: 'Payment check' },
  'payments/send-refund': { zh: '自动退款', en: 'Automatic refund' },
  'imports/run-import': { zh: '文件导入', en: 'File import' },
  'warnings/evaluate-rules': { zh: '预警计算', en: 'Warning evaluation' },
  warnings: { zh: '预警规则', en: 'Warning rule' },
  'playbooks/propose-cover': { zh: '补货剧本', en: 'Replenishment playbook' },
  'playbooks/propose-markdowns': { zh: '滞销降价剧本', en: 'Mark-down playbook' },
  'playbooks/carry-out': { zh: '执行', en: 'Execution' },
  'playbooks/measure-cover': { zh: '效果测量', en: 'Effect measurement' },
  'playbooks/measure-markdown': { zh: '效果测量', en: 'Effect measurement' },
  'playbooks/tend-decisions': { zh: '决策期限', en: 'Decision deadlines' },
  'playbooks.answer-signal': { zh: '信号响应', en: 'Signal response' },
  'playbooks.drop-answered-signal': { zh: '信号响应', en: 'Signal response' },
  'playbooks.note-receipt': { zh: '收货登记', en: 'Receipt booking' },
  'playbooks.note-purchase-given-up': { zh: '采购登记', en: 'Purchase booking' },
  'playbooks.cover': { zh: '补货规则', en: 'Replenishment rule' },
  'playbooks.cover.auto_approve': { zh: '小额自动批准', en: 'Automatic approval of small amounts' },
  'playbooks.cover.effect': { zh: '补货效果规则', en: 'Replenishment effect rule' },
  'playbooks.slow_mover': { zh: '滞销规则', en: 'Slow-mover rule' },
  'playbooks.slow_mover.auto_approve': { zh: '小额自动批准', en: 'Automatic approval of small amounts' },
  'playbooks.slow_mover.effect': { zh: '降价效果规则', en: 'Mark-down effect rule' },
  'playbooks.expiry': { zh: '提案过期', en: 'Proposal expiry' },
  'playbooks.signal_resolved': { zh: '信号已解除', en: 'Signal resolved' },
  'purchasing.given_up': { zh: '采购已取消', en: 'Purchase given up' },
  pricing: { zh: '定时调价', en: 'Scheduled price' },
  guest: { zh: '游客', en: 'Guest' },
  member: { zh: '会员', en: 'Member' },
  demo: { zh: '示例数据', en: 'Demo data' },
};

/** The words for who or which rule did something: `playbooks.cover.auto_approve@1` is an automatic approval; a person's name stays. */
export function actorName(actor: string, language: Language): string {
  const name = actor.replace(/@\d+$/, '').replace(/^warnings\.[0-9a-f-]{36}$/, 'warnings');
  const word = rules[name];
  return word === undefined ? actor : say(word, language);
}
