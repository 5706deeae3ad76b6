// Words of unmet demand and wishes.
import type { insight } from '@tongshang/contract';
import type { Status, Word } from './terms.ts';

type Each<Codes extends string, What = Word> = Readonly<Record<Codes, What>>;
const word = (zh: string, en: string): Word => ({ zh, en });

export const demandKindWords: Each<insight.DemandKind> = {
  no_result_search: word('搜了没有', 'Searched, not found'),
  viewed_not_bought: word('看了没买', 'Viewed, not bought'),
  abandoned_cart: word('加购没买', 'Left in the cart'),
  size_complaint: word('尺码退货', 'Returned for size'),
  asked_for: word('主动求购', 'Asked for'),
};

export const requestStateWords: Each<insight.ProductRequest['state'], Status> = {
  open: { tone: 'attention', zh: '待处理', en: 'Open' },
  planned: { tone: 'active', zh: '计划上架', en: 'Planned' },
  declined: { tone: 'neutral', zh: '不做', en: 'Declined' },
  done: { tone: 'done', zh: '已上架', en: 'In the shop' },
};
