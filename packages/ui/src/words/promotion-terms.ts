import type {
  Condition,
  Effect,
  groupModes as groupModeCodes,
  missReasons as missReasonCodes,
  promotions,
  priceStages as priceStageCodes,
} from '@tongshang/contract';
import type { Status, Tone, Word } from './terms.ts';

// The language of promotions in both languages: one word a code, an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

export const promotionStatuses: Each<typeof promotions.promotionStatuses, Status> = {
  draft: status('neutral', '草稿', 'Draft'),
  waiting: status('attention', '待审批', 'Awaiting approval'),
  scheduled: status('active', '待开始', 'Scheduled'),
  running: status('good', '进行中', 'Running'),
  paused: status('attention', '已暂停', 'Paused'),
  ended: status('done', '已结束', 'Ended'),
};

export const priceStages: Each<typeof priceStageCodes, Word> = {
  list: word('标价', 'List price'),
  exclusive: word('专享价', 'Exclusive offer'),
  line: word('单品优惠', 'Item offer'),
  threshold: word('满减与搭配', 'Threshold and sets'),
  coupon: word('优惠券', 'Coupon'),
  points: word('积分抵现', 'Points as money'),
  freight: word('运费', 'Freight'),
  tax: word('税', 'Tax'),
};

export const groupModes: Each<typeof groupModeCodes, Word> = {
  sequence: word('依次叠加', 'One after another'),
  sum: word('各自计算再相加', 'Added up'),
  best: word('取最优惠', 'Best for the customer'),
  priority: word('按优先级取一个', 'Highest priority'),
  only: word('只用一个', 'Only one'),
};

/** What each mode means for a buyer, said where it is set. */
export const groupModeTexts: Each<typeof groupModeCodes, Word> = {
  sequence: word(
    '一个接一个，每个都在前一个减完之后的金额上计算',
    'One after another; each is reckoned on what the one before it left',
  ),
  sum: word('每个都按进入本组时的金额计算，优惠相加', 'Each is reckoned on the amount at the group’s entry; the savings add up'),
  best: word('只用为这位顾客省得最多的那一个', 'Only the one that saves this customer most'),
  priority: word('按优先级从高到低，用第一个真正有优惠的', 'By priority, the first that gives anything'),
  only: word(
    '取最优惠的一个，被它优惠的商品不再参加后面的组和阶段',
    'The best one alone; goods that it touched join no later group or stage',
  ),
};

export const conditionKinds: Readonly<Record<Condition['is'], Word>> = {
  amount: word('商品金额满', 'Goods come to at least'),
  quantity: word('商品件数满', 'Units come to at least'),
  channel: word('渠道', 'Channel'),
  tier: word('会员等级', 'Member tier'),
  segment: word('人群', 'Segment'),
  customer: word('指定顾客', 'Named customers'),
  member: word('是会员', 'Is a member'),
  first_order: word('首单', 'First order'),
  time: word('星期与时段', 'Weekday and hours'),
  payment_method: word('支付方式', 'Payment method'),
};

export const effectKinds: Readonly<Record<Effect['gives'], Word>> = {
  percent: word('打折', 'Percentage off'),
  amount: word('减金额', 'Amount off'),
  fixed_price: word('一口价', 'Fixed price'),
  steps: word('满减 / 满折（阶梯）', 'Threshold discount in steps'),
  cheapest_free: word('最便宜的免费', 'Cheapest free'),
  buy_x_get_y: word('买 X 送 Y', 'Buy X get Y'),
  gift: word('赠品', 'Gift'),
  bundle_price: word('套餐价', 'Bundle price'),
  free_freight: word('免运费', 'Free freight'),
  coupon: word('送券（下单后）', 'Coupon for the next order'),
  points_price: word('积分换购', 'Goods for points'),
};

/** Why a promotion gave nothing, as told to the buyer. */
export const missReasons: Each<typeof missReasonCodes, Word> = {
  amount_short: word('金额还不够', 'The amount is not reached'),
  quantity_short: word('件数还不够', 'Too few units'),
  no_matching_line: word('购物车里没有参加的商品', 'No participating goods in the cart'),
  not_for_channel: word('不适用于这个渠道', 'Not for this channel'),
  not_for_customer: word('不适用于这位顾客', 'Not for this customer'),
  members_only: word('只限会员', 'Members only'),
  not_first_order: word('只限首单', 'First orders only'),
  not_now: word('不在可用时段', 'Not at this time of day'),
  payment_method: word('不适用于这种支付方式', 'Not with this payment method'),
  used_up: word('已用完', 'Used up'),
  limit_reached: word('已达每人上限', 'The limit for one customer is reached'),
  expired: word('已过期', 'Expired'),
  not_started: word('还没开始', 'Not started yet'),
  unknown_code: word('没有这个券码', 'There is no such code'),
  beaten: word('有更优惠的', 'Another one saves more'),
  nothing_to_take_off: word('已经减到底了', 'Nothing is left to take off'),
  gift_out_of_stock: word('赠品没货了', 'The gift is out of stock'),
  points_short: word('积分不够', 'Not enough points'),
  line_is_exclusive: word('商品已是专享价，不再叠加', 'The goods have an exclusive price already'),
};

export const couponBatchStates: Each<typeof promotions.couponBatchStates, Status> = {
  making: status('active', '生成中', 'Making codes'),
  ready: status('good', '可用', 'Ready'),
  stopped: status('done', '已停用', 'Stopped'),
};

export const couponBatchKinds: Each<typeof promotions.couponBatchKinds, Word> = {
  single: word('一码一次', 'One use a code'),
  multi: word('一码多次', 'Many uses a code'),
};

export const couponStates: Each<typeof promotions.couponStates, Status> = {
  usable: status('good', '可用', 'Usable'),
  not_started: status('attention', '还没开始', 'Not started yet'),
  used_up: status('done', '已用完', 'Used up'),
  expired: status('done', '已过期', 'Expired'),
  stopped: status('bad', '已停用', 'Stopped'),
  promotion_off: status('bad', '活动未进行', 'Promotion is not running'),
};
