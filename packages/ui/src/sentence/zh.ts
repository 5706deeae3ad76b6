import type { Condition, ConditionTree, Effect, LineFilter, Off } from '@tongshang/contract';
import { formatMoneyShort } from '../format/money.ts';
import { formatInstant } from '../format/time.ts';
import {
  type Called,
  type Gives,
  isEvery,
  isSame,
  leavesOf,
  namedUpTo3,
  type Needs,
  type OneOf,
  type Rule,
  type Voice,
} from './rule.ts';

/** 一条规则一句话。 */
export const sayInChinese: Voice = (rule, needs, called) => {
  const others = needs.others.map((tree) => clause(tree, called));
  const when = others.length === 0 ? '' : `若${others.join('且')}，`;
  const start = `${subject(needs, called)}${place(needs, called)}`;
  const needed = [
    ...leavesOf(needs, 'amount').map((need) => bought(need, called)),
    ...leavesOf(needs, 'quantity').map((need) => bought(need, called)),
  ];
  const shopping = needed.length > 0 ? `${needed.join('，且')}，` : start === '' ? '' : links[rule.then.gives];
  return [`${when}${start}${shopping}${effect(rule, called)}`, ...tail(rule, called)].join('；');
};

/** 谁在哪里与给什么之间的字。 */
const links: Readonly<Record<Effect['gives'], string>> = {
  percent: '享', amount: '享', fixed_price: '享', points_price: '享', bundle_price: '享', free_freight: '享',
  steps: '', cheapest_free: '，', buy_x_get_y: '，', gift: '，', coupon: '，',
}; // prettier-ignore

const money = (fen: number, called: Called): string => formatMoneyShort(fen, called.currency);
const quoted = (names: readonly string[]): string => `「${names.join('、')}」`;
const listed = (kind: Parameters<Called['list']>[0], codes: readonly string[], called: Called, unit: string): string => {
  const names = namedUpTo3(called.list(kind, codes));
  if (names === undefined) return `指定的 ${codes.length} ${unit}`;
  return codes.length > names.length ? `${quoted(names)}等 ${codes.length} ${unit}` : quoted(names);
};

/** 打几折：1000 基点是 9 折；全免另说。 */
const discount = (bp: number): string => (bp === 10_000 ? '免费' : bp === 5000 ? '半价' : `打 ${(10_000 - bp) / 1000} 折`);
const taken = (off: Off, called: Called): string => ('fen' in off ? `减 ${money(off.fen, called)}` : discount(off.bp));

const counted = (what: string, count: number): string => `${what}${/[」）]$/.test(what) ? '' : ' '}${count} 件`;

/** 哪些商品；全部商品时没有。 */
function goods(filter: LineFilter, called: Called): string | undefined {
  if (isEvery(filter)) return undefined;
  const { skus, productIds, categories, brands, exceptSkus, exceptCategories } = filter;
  const kinds = [
    ...(categories === undefined ? [] : [listed('category', categories, called, '个类目')]),
    ...(productIds === undefined ? [] : [listed('product', productIds, called, '个商品')]),
    ...(skus === undefined ? [] : [listed('sku', skus, called, '个规格')]),
  ];
  const brand = brands === undefined ? '' : `${listed('brand', brands, called, '个品牌')}品牌`;
  const what = kinds.join('里的');
  const without = [
    ...(exceptCategories === undefined ? [] : [listed('category', exceptCategories, called, '个类目')]),
    ...(exceptSkus === undefined ? [] : [listed('sku', exceptSkus, called, '个规格')]),
  ];
  const exceptions = without.length === 0 ? '' : `（不含${without.join('和')}）`;
  if (what === '') return `${brand === '' ? '商品' : brand}${exceptions}`;
  return `${brand === '' ? '' : `${brand}的`}${what}${exceptions}`;
}

function subject(needs: Needs, called: Called): string {
  const who = [
    ...leavesOf(needs, 'segment').map((one) => `人群${listed('segment', one.in, called, '个人群')}`),
    ...leavesOf(needs, 'customer').map((one) => `指定的 ${one.in.length} 位顾客`),
    ...leavesOf(needs, 'tier').map((one) => `${listed('tier', one.in, called, '个等级')}会员`),
    ...(leavesOf(needs, 'member').length > 0 && leavesOf(needs, 'tier').length === 0 ? ['会员'] : []),
  ].join('中的');
  const first = leavesOf(needs, 'first_order').length > 0;
  return first ? `${who}首单` : who;
}

function place(needs: Needs, called: Called): string {
  return [
    ...leavesOf(needs, 'time').map((one) => time(one)),
    ...leavesOf(needs, 'channel').map((one) => `在${called.list('channel', one.in).join('、')}`),
    ...leavesOf(needs, 'payment_method').map((one) => `用${called.list('paymentMethod', one.in).join('或')}付款`),
  ].join('');
}

const days = ['一', '二', '三', '四', '五', '六', '日'];
function time({ weekdays, from, to }: OneOf<'time'>): string {
  const day =
    weekdays === undefined || weekdays.length === 7
      ? '每天'
      : `每周${weekdays
          .toSorted((a, b) => a - b)
          .map((one) => days[one - 1])
          .join('、')}`;
  if (from !== undefined && to !== undefined) return `${day} ${from}–${to} `;
  return from !== undefined ? `${day} ${from} 起` : to !== undefined ? `${day} ${to} 前` : day;
}

function bought(need: OneOf<'amount'> | OneOf<'quantity'>, called: Called): string {
  const what = goods(need.of, called);
  return `${what === undefined ? '购物' : `购买${what}`}满 ${need.is === 'amount' ? money(need.minFen, called) : `${need.min} 件`}`;
}

function effect({ then, stage }: Rule, called: Called): string {
  switch (then.gives) {
    case 'percent':
      return `${stage === 'freight' ? '运费' : (goods(then.of, called) ?? '全场')}${discount(then.bp)}${most(then.capFen, called)}`;
    case 'amount':
      return stage === 'freight'
        ? `运费减 ${money(then.fen, called)}`
        : `${goods(then.of, called) ?? '立'}减 ${money(then.fen, called)}`;
    case 'fixed_price':
      return fixedPrice(then, called);
    case 'steps':
      return steps(then, called);
    case 'cheapest_free':
      return `${goods(then.of, called) ?? '全场'}每买 ${then.buy} 件，最便宜的 ${then.free} 件免费${times(then.timesMax, '次')}`;
    case 'buy_x_get_y':
      return buyAndGet(then, called);
    case 'gift':
      return `送${listed('sku', [then.sku], called, '个规格')}${then.quantity} 件，送完为止${then.repeats === true ? '，每满可重复' : ''}${times(then.timesMax, '次')}`;
    case 'bundle_price':
      return bundle(then, called);
    case 'free_freight':
      return '包邮';
    case 'coupon':
      return `付款后送下次可用的${coupon(then, called)}一张`;
    case 'points_price':
      return `${goods(then.of, called) ?? '全场商品'}每件 ${then.points} 积分${then.unitFen === 0 ? '' : ` + ${money(then.unitFen, called)} `}换购${perOrder(then.unitsPerOrder)}`;
  }
}

const most = (capFen: number | undefined, called: Called): string =>
  capFen === undefined ? '' : `，最多减 ${money(capFen, called)}`;
const times = (max: number | undefined, unit: string): string => (max === undefined ? '' : `，最多 ${max} ${unit}`);
const perOrder = (max: number | undefined): string => (max === undefined ? '' : `，每单限 ${max} 件`);
const coupon = (then: Gives<'coupon'>, called: Called): string => {
  const name = called.promotion(then.promotionId);
  return name === undefined ? '优惠券' : `「${name}」`;
};

function fixedPrice({ of, unitFen, prices, unitsPerOrder }: Gives<'fixed_price'>, called: Called): string {
  const own = Object.keys(prices ?? {}).length;
  const each = unitFen === undefined ? '' : `每件 ${money(unitFen, called)}`;
  const special = own === 0 ? '' : `${each === '' ? '' : '，其中'} ${own} 个规格另有专价`;
  return `${goods(of, called) ?? '全场'}${each}${special}${perOrder(unitsPerOrder)}`;
}

function steps({ of, by, steps: all, repeats, capFen }: Gives<'steps'>, called: Called): string {
  const what = goods(of, called);
  const sorted = all.toSorted((a, b) => a.from - b.from);
  const told = (repeats ? sorted.slice(0, 1) : sorted).map(
    ({ from, off }) =>
      `满 ${by === 'amount' ? money(from, called) : `${from} 件`}${by === 'amount' ? ' ' : ''}${taken(off, called)}`,
  );
  return `${what === undefined ? '购物' : `购买${what}`}${told.join('，')}${repeats ? '，每满可重复' : ''}${most(capFen, called)}`;
}

function buyAndGet(then: Gives<'buy_x_get_y'>, called: Called): string {
  const { buy, buyQuantity, get, getQuantity, bp, timesMax } = then;
  const from = goods(buy, called) ?? '任意商品';
  const isSecond = isSame(buy, get) && getQuantity === 1;
  if (isSecond) return `${goods(buy, called) ?? '全场'}第 ${buyQuantity + 1} 件${discount(bp)}${times(timesMax, '次')}`;
  const got = isSame(buy, get) ? '' : (goods(get, called) ?? '任意商品');
  return `买${counted(from, buyQuantity)}，${bp === 10_000 ? '送' : ''}${counted(got, getQuantity)}${bp === 10_000 ? '' : discount(bp)}${times(timesMax, '次')}`;
}

function bundle({ items, fen, timesMax }: Gives<'bundle_price'>, called: Called): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined)
    return `${goods(only.of, called) ?? '全场'}任选 ${only.quantity} 件 ${money(fen, called)}${times(timesMax, '套')}`;
  const set = items.map(({ of, quantity }) => counted(goods(of, called) ?? '任意商品', quantity)).join(' + ');
  return `${set}，一套 ${money(fen, called)}${times(timesMax, '套')}`;
}

const modes: Readonly<Record<NonNullable<Rule['group']>['mode'], string>> = {
  sequence: '依次叠加',
  sum: '各自计算再相加',
  best: '取最优惠',
  priority: '按优先级取第一个有优惠的',
  only: '只用最优惠的一个，用过的商品不再参加后面的活动',
};

function tail(rule: Rule, called: Called): string[] {
  const { group, needsCode, joinsExclusive, budgetFen, usesMax, usesPerCustomer, unitsMax, unitsPerCustomer } = rule;
  const limits = [
    ...(usesPerCustomer ? [`每人限 ${usesPerCustomer} 次`] : []),
    ...(unitsPerCustomer ? [`每人限 ${unitsPerCustomer} 件`] : []),
    ...(unitsMax ? [`共 ${unitsMax} 件`] : []),
    ...(usesMax ? [`共 ${usesMax} 单`] : []),
    ...(budgetFen ? [`预算 ${money(budgetFen, called)}`] : []),
  ].join('，');
  return [
    ...(needsCode === true ? ['凭券码使用'] : []),
    ...(joinsExclusive === true ? ['专享价商品也参加'] : []),
    ...(group === undefined ? [] : [`与${group.name === undefined ? '同组' : `「${group.name}」组`}活动${modes[group.mode]}`]),
    ...(limits === '' ? [] : [limits]),
    ...window(rule),
  ];
}

function window({ startsAt, endsAt }: Rule): string[] {
  if (startsAt && endsAt) return [`${formatInstant(startsAt)} 起至 ${formatInstant(endsAt)} 前`];
  if (startsAt) return [`${formatInstant(startsAt)} 起`];
  return endsAt ? [`至 ${formatInstant(endsAt)} 前`] : [];
}

/** 嵌套的条件，说成小句。 */
function clause(tree: ConditionTree, called: Called, isInner = false): string {
  if ('is' in tree) return leaf(tree, called);
  if ('not' in tree) {
    const inner = clause(tree.not, called);
    return 'is' in tree.not && /^[是在用]/.test(inner) ? `不${inner}` : `不满足「${inner}」`;
  }
  const [parts, link] = 'all' in tree ? [tree.all, '且'] : [tree.any, '或'];
  if (parts.length === 0) return '任何情况';
  const joined = parts.map((part) => clause(part, called, true)).join(link);
  return isInner && parts.length > 1 ? `（${joined}）` : joined;
}

function leaf(condition: Condition, called: Called): string {
  switch (condition.is) {
    case 'member':
      return '是会员';
    case 'first_order':
      return '是首单';
    case 'tier':
      return `是${listed('tier', condition.in, called, '个等级')}会员`;
    case 'segment':
      return `在人群${listed('segment', condition.in, called, '个人群')}中`;
    case 'customer':
      return `是指定的 ${condition.in.length} 位顾客`;
    case 'channel':
      return `在${called.list('channel', condition.in).join('、')}购买`;
    case 'payment_method':
      return `用${called.list('paymentMethod', condition.in).join('或')}付款`;
    case 'time':
      return `在${time(condition).trim()}`;
    case 'amount':
    case 'quantity':
      return bought(condition, called);
  }
}
