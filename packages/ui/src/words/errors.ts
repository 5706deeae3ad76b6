import type { ErrorCode } from '@tongshang/contract';
import type { Language } from '../format/language.ts';
import { boardErrors } from './board-errors.ts';
import { exploreErrors } from './explore-errors.ts';
import { floorErrors } from './floor-errors.ts';
import { intakeErrors } from './intake-errors.ts';
import { mailErrors } from './mail-errors.ts';
import { metricErrors } from './metric-errors.ts';
import { stockErrors } from './stock-errors.ts';

/**
 * What happened and how to mend it, one sentence for every code there is. `{name}` is taken from the problem's details;
 * a part in square brackets is left out when its detail is missing.
 */
export const errorWords: Readonly<Record<ErrorCode, { readonly zh: string; readonly en: string }>> = {
  'request.invalid': {
    zh: '有内容填得不对，请检查标出的字段',
    en: 'Some entries are not right. Check the marked fields',
  },
  'request.key_missing': {
    zh: '这次提交缺少防重复编号。刷新页面后再试',
    en: 'This submission lacks its repeat-proof key. Reload the page and try again',
  },
  'request.key_reused': {
    zh: '同一次提交的内容变了。刷新页面后再提交一次',
    en: 'The same submission came with different content. Reload the page and submit again',
  },
  'request.too_large': {
    zh: '文件或内容太大。请拆小后再传',
    en: 'The file or content is too large. Split it and send it again',
  },
  'request.too_many': {
    zh: '操作太频繁。请等一会儿再试',
    en: 'Too many requests. Wait a moment and try again',
  },
  'auth.required': { zh: '请先登录，您填的内容还在', en: 'Sign in first. Your entries are kept' },
  'auth.wrong_credentials': {
    zh: '邮箱或密码不对。请核对后再试',
    en: 'E-mail or password is wrong. Check both and try again',
  },
  'auth.code_wrong': { zh: '验证码不对。请核对短信里的数字', en: 'The code is wrong. Check the digits in the message' },
  'auth.code_expired': { zh: '验证码已过期。请重新获取', en: 'The code has expired. Ask for a new one' },
  'auth.forbidden': {
    zh: '您没有这项权限[：{permission}]。请联系管理员',
    en: 'You do not hold this right[: {permission}]. Ask your administrator',
  },
  'server.bug': {
    zh: '没能完成，您的内容还在。请重试；若再失败，请把编号告诉管理员',
    en: 'Not done; your entries are kept. Try again. If it fails again, give your administrator the code',
  },
  'server.busy': { zh: '系统正忙。请稍等几秒再试', en: 'The system is busy. Wait a few seconds and try again' },
  'page.not_found': { zh: '没有这个页面。可能已移动或删除', en: 'There is no such page. It may have moved or been removed' },
  'product.not_found': { zh: '没有这个商品。可能已下架', en: 'There is no such product. It may have been withdrawn' },
  'product.exists': {
    zh: '已有同名网址的商品[：{slug}]。请换一个',
    en: 'A product with this address exists[: {slug}]. Choose another',
  },
  'product.changed': {
    zh: '别人刚改过这个商品。请刷新后再改',
    en: 'Somebody has just changed this product. Reload it and edit again',
  },
  'product.retired': {
    zh: '这个商品已停售[：{name}]',
    en: 'This product is no longer sold[: {nameEn}]',
  },
  'kit.nested': {
    zh: '套装里不能再有套装[：{sku}]。请改选单品',
    en: 'A kit cannot contain a kit[: {sku}]. Choose single goods',
  },
  'category.not_found': { zh: '没有这个分类[：{category}]', en: 'There is no such category[: {category}]' },
  'sku.not_found': { zh: '没有这个 SKU[：{sku}]。请核对编码', en: 'There is no such SKU[: {sku}]. Check the code' },
  'sku.not_for_sale': {
    zh: '这个 SKU 目前不出售[：{sku}]',
    en: 'This SKU is not for sale at present[: {sku}]',
  },
  'price.not_found': { zh: '没有这条价格。可能已取消', en: 'There is no such price. It may have been called off' },
  'price.wrong_state': {
    zh: '这条价格现在不能这样改[：{state}]。请刷新后查看',
    en: 'This price cannot be changed like this now[: {state}]. Reload and look again',
  },
  'price.missing': { zh: '还没有定价[：{sku}]。请先设置价格', en: 'There is no price yet[: {sku}]. Set one first' },
  'price.changed': {
    zh: '价格刚变了。请看过新金额后再继续',
    en: 'The price has just changed. Look at the new amount, then go on',
  },
  'price.below_floor': {
    zh: '价格低于最低价。请调高价格，或申请破价',
    en: 'The price is below the floor. Raise it, or ask for an exception',
  },
  'price.invalid_window': {
    zh: '生效时间不对：结束要晚于开始，开始不能早于现在',
    en: 'The period is not right: it must end after it starts and not start in the past',
  },
  'promotion.not_found': { zh: '没有这个促销', en: 'There is no such promotion' },
  'promotion.stale': {
    zh: '别人刚改过这里的设置。请看过最新内容再保存',
    en: 'Somebody has just changed this. Look at it, then save again',
  },
  'promotion.wrong_state': {
    zh: '这个促销现在不能这样操作[，状态：{state}]。请刷新',
    en: 'This cannot be done with the promotion as it is now[, state: {state}]. Refresh',
  },
  'promotion.invalid_rule': { zh: '规则前后矛盾[：{field}]。请核对', en: 'The rule contradicts itself[: {field}]. Check it' },
  'promotion.needs_second_person': {
    zh: '要由没有写过或改过它的人批准',
    en: 'Somebody who neither wrote nor changed it must approve',
  },
  'promotion_group.not_found': { zh: '没有这个促销组', en: 'There is no such group of promotions' },
  'promotion_group.invalid': {
    zh: '促销组设置前后矛盾[：{field}]。请核对',
    en: 'The settings of the group contradict each other[: {field}]. Check them',
  },
  'promotion_group.in_use': {
    zh: '组里还有促销或下级组，请先移走',
    en: 'Promotions or groups still stand in it. Move them first',
  },
  'coupon_batch.not_found': { zh: '没有这批优惠券', en: 'There is no such batch of coupons' },
  'coupon_batch.wrong_state': {
    zh: '这批优惠券现在不能这样操作[，状态：{state}]',
    en: 'This cannot be done with the batch as it is now[, state: {state}]',
  },
  'coupon_batch.invalid': {
    zh: '优惠券设置前后矛盾[：{field}]。请核对',
    en: 'The settings of the batch contradict each other[: {field}]. Check them',
  },
  'coupon_batch.used_up': {
    zh: '这批优惠券已领完[，还缺 {missing} 张]',
    en: 'No coupon of this batch is left[, {missing} too few]',
  },
  'coupon.not_found': { zh: '没有这个券码。请核对字母和数字', en: 'There is no such code. Check its letters and digits' },
  'coupon.exists': { zh: '已有这个券码[：{code}]。请换一个', en: 'This code exists already[: {code}]. Choose another' },
  'coupon.limit_reached': { zh: '您已领过这张券，不能再领', en: 'You have taken as many of this coupon as one may' },
  'segment.not_found': { zh: '没有这个人群[：{segment}]', en: 'There is no such segment[: {segment}]' },
  'location.not_found': { zh: '没有这个仓库或门店[：{location}]', en: 'There is no such warehouse or store[: {location}]' },
  'stock.insufficient': {
    zh: '库存不够[：{sku}][，需要 {wanted}][，可用 {available}]。请减少数量',
    en: 'Not enough stock[: {sku}][, wanted {wanted}][, available {available}]. Take fewer',
  },
  'stock.changed': {
    zh: '库存刚变了。请看过新数量后再操作',
    en: 'The stock has just changed. Look at the new figure, then act',
  },
  ...stockErrors,
  'customer.not_found': { zh: '没有这位顾客', en: 'There is no such customer' },
  'address.not_found': { zh: '没有这个地址。请重新选择', en: 'There is no such address. Choose again' },
  'address.too_many': {
    zh: '最多保存 {max} 个地址。请先删掉不用的',
    en: 'You can keep at most {max} addresses. Remove one you no longer need',
  },
  'address.district_unknown': {
    zh: '省市区对不上[：{region}]。请重新选择',
    en: 'Province, city and district do not fit[: {region}]. Choose again',
  },
  'segment.exists': {
    zh: '已有这个编码的人群[：{segment}]。请换一个',
    en: 'A segment with this code exists[: {segment}]. Choose another',
  },
  'invoice_profile.not_found': { zh: '没有这个发票抬头。请重新选择', en: 'There is no such invoice profile. Choose again' },
  'invoice_profile.too_many': {
    zh: '最多保存 {max} 个发票抬头。请先删掉不用的',
    en: 'You can keep at most {max} invoice profiles. Remove one you no longer need',
  },
  'tier.level_taken': {
    zh: '已有会员等级从这个金额开始。请换一个金额',
    en: 'Another tier starts at this amount. Choose another amount',
  },
  'tier.lowest_fixed': {
    zh: '最低等级必须从 0 元开始，人人都有',
    en: 'The lowest tier starts at nothing: everybody has it',
  },
  'points.insufficient': {
    zh: '积分不够[：现有 {points} 分]。请少用一些',
    en: 'Not enough points[: {points} left]. Use fewer',
  },
  'cart.not_found': { zh: '购物车已失效。请重新加入商品', en: 'The cart is gone. Add the goods again' },
  'cart.empty': { zh: '购物车是空的。先选商品', en: 'The cart is empty. Choose something first' },
  'cart.changed': { zh: '购物车刚变了。请看过后再结算', en: 'The cart has just changed. Look at it, then check out' },
  'cart.too_many_lines': {
    zh: '购物车最多放 {most} 种商品。请分开下单',
    en: 'A cart holds at most {most} kinds of goods. Order in parts',
  },
  'cart.line_not_found': { zh: '购物车里没有这件商品', en: 'This item is not in the cart' },
  'cart.hold_exhausted': {
    zh: '保留商品的次数用完了。请尽快结算，或重新确认库存',
    en: 'The goods cannot be held any longer. Check out soon, or look at the stock again',
  },
  'cart.parcels_wrong': {
    zh: '各包裹的件数与购物车对不上。请重新分配',
    en: 'The parcels do not add up to the cart. Divide the goods again',
  },
  'promotion.used_up': {
    zh: '优惠刚被领完[：{name}]。请看过新金额后再提交',
    en: 'The offer has just been used up[: {name}]. Look at the new amount, then submit again',
  },
  'order.not_found': { zh: '没有这张订单。请核对单号', en: 'There is no such order. Check the number' },
  'order.wrong_state': {
    zh: '订单现在的状态不能这样做。刷新后看最新状态',
    en: 'The order is in a state that does not allow this. Refresh to see where it stands',
  },
  'order.exists': { zh: '这张订单已经有了', en: 'This order exists already' },
  'order.line_not_found': { zh: '订单里没有这一行[：{lineNo}]。请刷新', en: 'The order has no such line[: {lineNo}]. Refresh' },
  'order.exceeds_line': {
    zh: '取消的件数多于还没取消的件数。请刷新后再选',
    en: 'More units than the line still has. Refresh, then choose again',
  },
  'order.no_location': {
    zh: '没有别的仓库或门店能发这些商品。请取消，或等补货',
    en: 'Nobody else can send these goods. Cancel them, or wait for stock',
  },
  'order.line_substituted': {
    zh: '这一行已经有替换商品，不能再单独改。请整单处理',
    en: 'Another article already takes the place of this line; it cannot be changed by itself. Handle the order as a whole',
  },
  'hold.not_found': { zh: '这个暂停原因已经不在了。请刷新', en: 'This hold is gone. Refresh' },
  'substitution.not_found': { zh: '没有这条替换建议。请刷新', en: 'There is no such substitution. Refresh' },
  'substitution.wrong_state': {
    zh: '这条替换建议已经有结果了。请刷新',
    en: 'This substitution has been settled already. Refresh',
  },
  'rules.stale': {
    zh: '规则刚被别人改过。请看过新规则再保存',
    en: 'Somebody has just changed the rules. Look at them as they are now, then save again',
  },
  'payment.not_found': { zh: '没有这笔付款', en: 'There is no such payment' },
  'payment.wrong_state': {
    zh: '这笔付款现在的状态不能这样做。刷新后再看',
    en: 'The payment is in a state that does not allow this. Refresh and look again',
  },
  'payment.wrong_amount': {
    zh: '付款金额与订单不符。没有入账，请联系客服',
    en: 'The amount paid differs from the order. It was not booked; contact customer service',
  },
  'payment.bad_signature': {
    zh: '付款通知的签名不对，没有入账',
    en: 'The payment notice is not signed correctly and was not booked',
  },
  'payment.provider_unavailable': {
    zh: '支付渠道暂时连不上。订单还在，请稍后再付或换一种方式',
    en: 'The payment provider cannot be reached. Your order is kept; pay later or in another way',
  },
  'refund.exceeds_payment': {
    zh: '退款超过了已付金额。请减少退款金额',
    en: 'The refund is more than was paid. Lower the amount',
  },
  'return.not_found': { zh: '没有这张退货单', en: 'There is no such return' },
  'return.exceeds_order': {
    zh: '退货数量超过了可退数量。请减少数量',
    en: 'More is returned than was bought and not yet returned. Lower the quantity',
  },
  ...floorErrors,
  'supplier.not_found': { zh: '没有这家供应商[：{supplier}]', en: 'There is no such supplier[: {supplier}]' },
  'purchase.not_found': { zh: '没有这张采购单', en: 'There is no such purchase request' },
  'purchase.wrong_state': {
    zh: '采购单现在的状态不能这样做。刷新后看最新状态',
    en: 'The purchase request is in a state that does not allow this. Refresh to see where it stands',
  },
  'purchase.exceeds_request': {
    zh: '收货数量超过了未到数量[：{sku}]。请核对实物',
    en: 'More is received than is still open[: {sku}]. Check the goods',
  },
  'purchase.line_not_found': {
    zh: '采购单里没有这一行[：{lineNo}]。请核对单据',
    en: 'The purchase request has no such line[: {lineNo}]. Check the paper',
  },
  'purchase.tracking_missing': {
    zh: '这个商品要填批号、效期或序列号[：{sku}]。请补齐后再收货',
    en: 'This product needs its lot, expiry day or serial numbers[: {sku}]. Add them, then receive',
  },
  'purchase.serial_repeated': {
    zh: '序列号重复了[：{serial}]。请核对实物',
    en: 'A serial number comes twice[: {serial}]. Check the goods',
  },
  'supply_term.missing': {
    zh: '还没有供应商报价[：{sku}]。请先登记供货条件',
    en: 'No supplier offers this yet[: {sku}]. Add supply terms first',
  },
  ...intakeErrors,
  ...mailErrors,
  ...exploreErrors,
  ...boardErrors,
  ...metricErrors,
  'metric.not_found': { zh: '没有这个指标[：{metric}]', en: 'There is no such metric[: {metric}]' },
  'metric.period_invalid': {
    zh: '这个时间段不能这样看。请检查起止日期，或缩短时间段',
    en: 'This period cannot be shown. Check its first and last day, or choose a shorter one',
  },
  'metric.dimension_unknown': {
    zh: '这个指标不能按此维度拆分[：{dimension}]。请换一个维度',
    en: 'This metric cannot be split that way[: {dimension}]. Choose another dimension',
  },
  'analytics.unavailable': {
    zh: '分析库暂时连不上，订单和库存不受影响。请稍后再试',
    en: 'Analytics cannot be reached; orders and stock are not affected. Try again later',
  },
  'target.not_found': { zh: '没有这个目标', en: 'There is no such target' },
  'target.invalid_value': {
    zh: '这个指标的目标要填整数[：{metric}]',
    en: 'A target for this metric must be a whole number[: {metric}]',
  },
  'target.stale': {
    zh: '目标刚被别人改过。请看过新值再保存',
    en: 'Somebody changed this target just now. Look at it, then save again',
  },
  'warning_rule.not_found': { zh: '没有这条预警规则', en: 'There is no such warning rule' },
  'warning_rule.levels_crossed': {
    zh: '触发线和解除线的位置反了。请按方向调换',
    en: 'The fire and clear levels are the wrong way round. Swap them',
  },
  'warning_rule.stale': {
    zh: '预警规则刚被别人改过。请看过再保存',
    en: 'Somebody changed this warning rule just now. Look at it, then save again',
  },
  'decision.not_found': { zh: '没有这个决策', en: 'There is no such decision' },
  'decision.wrong_state': {
    zh: '这个决策已被处理。刷新后看最新状态',
    en: 'This decision has been dealt with. Refresh to see where it stands',
  },
  'decision.expired': {
    zh: '提案已过期。信号若还在，会有新的提案',
    en: 'The proposal has expired. If the signal persists, a new one will come',
  },
  'decision.over_limit': {
    zh: '超出您的审批额度。请交给额度更高的同事',
    en: 'This is over your approval limit. Pass it to a colleague with a higher one',
  },
  'decision.four_eyes': { zh: '自己提的方案要由别人审批', en: 'A proposal of your own needs somebody else to approve it' },
  'decision.stale': {
    zh: '方案刚有变化。请看过最新内容再操作',
    en: 'The decision has changed. Look at it again before you go on',
  },
  'decision.exists': { zh: '这个对象已有进行中的决策[：{number}]', en: 'There is already an open decision for this[: {number}]' },
  'decision.nothing_to_do': { zh: '按现在的数据不需要采取行动', en: 'With the figures as they are there is nothing to do' },
  'playbook.stale': {
    zh: '预案设置刚被别人改过。请看过再保存',
    en: 'Somebody changed this playbook just now. Look at it, then save again',
  },
  'playbook.invalid': {
    zh: '预案设置前后矛盾[：{field}]。请核对',
    en: 'The settings contradict each other[: {field}]. Check them',
  },
  'view.not_found': {
    zh: '没有这个视图。可能已被删除或不再共享',
    en: 'There is no such view. It may have been deleted or is no longer shared',
  },
  'view.exists': {
    zh: '您已有同名的视图[：{name}]。请换个名字',
    en: 'You already have a view of this name[: {name}]. Choose another',
  },
  'view.changed': {
    zh: '别人刚改过这个视图。请刷新后再保存',
    en: 'Somebody has just changed this view. Refresh, then save again',
  },
  'view.too_many': {
    zh: '这个列表的视图已满[（最多 {max} 个）]。请先删掉不用的',
    en: 'There are too many views of this list[ (at most {max})]. Delete some first',
  },
  'job.not_found': { zh: '没有这个任务。可能已重试成功', en: 'There is no such job. It may have succeeded on retry' },
  'staff.not_found': { zh: '没有这位员工', en: 'There is no such member of staff' },
  'sms.unavailable': {
    zh: '现在发不了短信验证码。请稍后再试，或先以访客身份下单',
    en: 'Text messages cannot be sent right now. Try later, or order as a guest',
  },
  'staff.exists': {
    zh: '已有员工使用这个邮箱[：{email}]。请换一个',
    en: 'This e-mail is in use by another member of staff[: {email}]. Choose another',
  },
  'staff.location_missing': { zh: '店员要指定一家门店', en: 'A clerk needs a store. Choose one' },
  'staff.last_admin': {
    zh: '这是最后一位管理员，不能停用或改角色。请先指定另一位',
    en: 'This is the last administrator. Appoint another one first',
  },
};

/** The sentence for a refusal, with its details filled in. */
export function errorSentence(code: ErrorCode, details: Readonly<Record<string, unknown>>, language: Language): string {
  const words = errorWords[code] as { zh: string; en: string } | undefined;
  const template = (words ?? errorWords['server.bug'])[language === 'en' ? 'en' : 'zh'];
  const show = (name: string): string | undefined => {
    const detail = details[name];
    if (Array.isArray(detail)) return detail.join(language === 'en' ? ', ' : '、');
    return typeof detail === 'string' || typeof detail === 'number' ? String(detail) : undefined;
  };
  return template
    .replaceAll(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, name: string) => (show(name) === undefined ? '' : part))
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => show(name) ?? '—');
}
