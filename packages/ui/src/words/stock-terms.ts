import type { counts, inventory, transfers, valuation } from '@tongshang/contract';
import type { Status, Tone, Word } from './terms.ts';

// Conditions, transfers, counts, corrections, later costs and drift in both languages: one word a code, an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

export const movementKinds: Each<typeof inventory.movementKinds, Word> = {
  receipt: word('收货', 'Receipt'),
  shipment: word('发货', 'Shipment'),
  return: word('退货', 'Return'),
  adjustment: word('调整', 'Adjustment'),
  opening: word('期初', 'Opening'),
  import: word('导入', 'Import'),
  transfer_out: word('调出', 'Transfer out'),
  transfer_in: word('调入', 'Transfer in'),
  transfer_loss: word('在途短缺', 'Lost on the way'),
  damage: word('报损', 'Damage'),
  inspection: word('质检报废', 'Failed inspection'),
  count: word('盘点', 'Count'),
  recall: word('召回', 'Recall'),
  expiry: word('过期报废', 'Expiry'),
};

export const conditions: Each<readonly [...typeof inventory.conditions, 'sellable', 'away'], Word> = {
  damaged: word('破损', 'Damaged'),
  inspection: word('待检', 'In inspection'),
  recalled: word('召回', 'Recalled'),
  expired: word('过期', 'Expired'),
  safety: word('安全库存', 'Safety stock'),
  sellable: word('可售货架', 'On the shelf'),
  away: word('不在库', 'Not in the house'),
};

export const transferStates: Each<typeof transfers.transferStates, Status> = {
  requested: status('attention', '待发出', 'To be sent'),
  sent: status('active', '在途', 'On the way'),
  received: status('good', '已收货', 'Received'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
};

export const countStates: Each<typeof counts.countStates, Status> = {
  open: status('attention', '待盘点', 'To be counted'),
  recount: status('attention', '待复盘', 'To be counted again'),
  waiting: status('attention', '待批准', 'Waits for approval'),
  booked: status('good', '已入账', 'Booked'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
};

export const correctionKinds: Each<typeof inventory.correctionKinds, Word> = {
  adjustment: word('调整', 'Adjustment'),
  count: word('盘点', 'Count'),
  import: word('导入', 'Import'),
};

export const correctionStates: Each<typeof inventory.correctionStates, Status> = {
  waiting: status('attention', '待批准', 'Waits for approval'),
  booked: status('good', '已入账', 'Booked'),
  rejected: status('neutral', '已驳回', 'Rejected'),
};

export const landedCostKinds: Each<typeof valuation.landedCostKinds, Word> = {
  freight: word('运费', 'Freight'),
  duty: word('关税', 'Duty'),
  insurance: word('保险', 'Insurance'),
  handling: word('装卸', 'Handling'),
  other: word('其他', 'Other'),
};

export const landedCostBases: Each<typeof valuation.landedCostBases, Word> = {
  value: word('按金额', 'By value'),
  quantity: word('按件数', 'By units'),
};

export const varianceKinds: Each<typeof valuation.varianceKinds, Word> = {
  rounding: word('均价取整', 'Rounding of averages'),
  sold: word('已售部分的后到费用', 'Later cost of units already gone'),
  opening: word('期初取整', 'Rounding before the ledger'),
};

export const driftWhats: Each<typeof valuation.driftWhats, Word> = {
  on_hand: word('现有量', 'On hand'),
  promised: word('已承诺', 'Promised'),
  unavailable: word('不可售', 'Unavailable'),
  value: word('库存金额', 'Stock value'),
};

export const driftStates: Each<typeof valuation.driftStates, Status> = {
  found: status('bad', '有差异', 'Differs'),
  repaired: status('good', '已修复', 'Repaired'),
  gone: status('neutral', '已不存在', 'Gone by itself'),
  needs_person: status('attention', '需人工处理', 'Needs a person'),
};
