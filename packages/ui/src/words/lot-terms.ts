import type { lots, recalls } from '@tongshang/contract';
import type { Status, Tone, Word } from './terms.ts';

// Lots, serial numbers, earmarks and recalls in both languages: one word a code, an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

export const lotStates: Each<typeof lots.lotStates, Status> = {
  usable: status('good', '可售', 'Sellable'),
  short: status('attention', '临期', 'Short life'),
  expired: status('bad', '已过期', 'Expired'),
  recalled: status('bad', '召回中', 'Recalled'),
};

export const serialStates: Each<typeof lots.serialStates, Status> = {
  in_stock: status('active', '在库', 'In stock'),
  shipped: status('done', '已售出', 'Sold'),
};

export const serialEventKinds: Each<typeof lots.serialEventKinds, Word> = {
  received: word('入库', 'Received'),
  shipped: word('随订单发出', 'Sent with an order'),
  returned: word('退回', 'Returned'),
  moved: word('移库', 'Moved'),
  removed: word('移出', 'Removed'),
};

export const earmarkKinds: Each<typeof lots.earmarkKinds, Word> = {
  earmark: word('预留', 'Earmark'),
  quota: word('限量', 'Quota'),
};

export const earmarkStates: Each<typeof lots.earmarkStates, Status> = {
  coming: status('neutral', '未开始', 'To come'),
  active: status('active', '进行中', 'Active'),
  ended: status('done', '已结束', 'Ended'),
};

export const recallStates: Each<typeof recalls.recallStates, Status> = {
  open: status('bad', '召回中', 'Open'),
  closed: status('done', '已完成', 'Closed'),
  lifted: status('neutral', '已解除', 'Lifted'),
};

export const recallBuyerStates: Each<typeof recalls.recallBuyerStates, Status> = {
  waiting: status('attention', '未发出', 'Not sent yet'),
  in_transit: status('active', '运输中', 'On its way'),
  delivered: status('bad', '已签收', 'With the buyer'),
  returned: status('done', '已退回', 'Returned'),
};
