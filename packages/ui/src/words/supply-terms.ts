import type { delivery, warehouse } from '@tongshang/contract';
import type { Status, Tone, Word } from './terms.ts';

// The language of the supply wing in both languages: one word a code, an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

export const fulfilmentStates: Each<typeof warehouse.fulfilmentStates, Status> = {
  open: status('attention', '待拣货', 'Open'),
  picking: status('active', '拣货中', 'Picking'),
  picked: status('active', '待打包', 'Picked'),
  packed: status('active', '已打包', 'Packed'),
  handed_over: status('good', '已交接', 'Handed over'),
  delivered: status('done', '已签收', 'Delivered'),
  collected: status('done', '已自提', 'Collected'),
  rejected: status('bad', '已拒单', 'Rejected'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
  lapsed: status('neutral', '逾期未提', 'Not collected'),
};

export const fulfilmentKinds: Each<typeof warehouse.fulfilmentKinds, Word> = {
  delivery: word('快递', 'Delivery'),
  pickup: word('到店自提', 'Pick-up'),
  till: word('门店当面', 'At the till'),
};

export const rejectReasons: Each<typeof warehouse.rejectReasons, Word> = {
  not_found: word('找不到货', 'Not found'),
  damaged: word('货物破损', 'Damaged'),
  no_staff: word('人手不够', 'No staff'),
};

export const pickListStates = {
  open: status('active', '进行中', 'Open'),
  done: status('done', '已完成', 'Done'),
  abandoned: status('neutral', '已放回', 'Given back'),
};

export const parcelStates: Each<typeof delivery.parcelStates, Status> = {
  booked: status('attention', '已取号', 'Booked'),
  handed_over: status('active', '已交给承运商', 'Handed over'),
  in_transit: status('active', '运输中', 'In transit'),
  out_for_delivery: status('active', '派送中', 'Out for delivery'),
  failed: status('bad', '派送失败', 'Delivery failed'),
  delivered: status('done', '已签收', 'Delivered'),
  returned: status('bad', '已退回', 'Returned'),
  voided: status('neutral', '已作废', 'Voided'),
};
