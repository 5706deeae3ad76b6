import type { Word } from '../lib/say.ts';

export const policyNames = ['rules', 'returns', 'invoices', 'privacy'] as const;
export type PolicyName = (typeof policyNames)[number];

interface Policy {
  title: Word;
  description: Word;
  parts: readonly { heading: Word; text: readonly Word[] }[];
}

/** The standing papers of the shop: short, in both languages. */
export const policies: Readonly<Record<PolicyName, Policy>> = {
  rules: {
    title: { zh: '购物规则', en: 'Shopping rules' },
    description: { zh: '下单、付款、运费与取消的规则。', en: 'How ordering, payment, delivery fees and cancelling work.' },
    parts: [
      {
        heading: { zh: '下单与付款', en: 'Ordering and payment' },
        text: [
          {
            zh: '价格为人民币，含增值税。下单时的价格就是您付的价格：之后涨价降价都不影响已下的订单。',
            en: 'Prices are in renminbi and include VAT. The price at the time of ordering is the price you pay; later changes do not touch a placed order.',
          },
          {
            zh: '去结算时为您留货 10 分钟，可以延长；下单后一直留到付款时限。在订单页写明的时间前没有付款，订单自动取消，货回到货架。',
            en: 'Checkout keeps the goods for 10 minutes, and longer if you ask; a placed order keeps them until its time to pay. If it is not paid by the time shown on the order page, it is cancelled and the goods go back on sale.',
          },
        ],
      },
      {
        heading: { zh: '运费', en: 'Delivery fee' },
        text: [
          {
            zh: '每个包裹运费 {fee}，商品满 {freeFrom} 免运费。结算前的购物车里就能看到。',
            en: 'Delivery costs {fee} a parcel and is free from {freeFrom} of goods. You see it in the cart before checking out.',
          },
        ],
      },
      {
        heading: { zh: '取消', en: 'Cancelling' },
        text: [
          {
            zh: '发货前可以在订单页自己取消。已付的钱原路退回。',
            en: 'Until the order ships you can cancel it on the order page. What you paid goes back the way it came.',
          },
          {
            zh: '也可以只取消其中几件：退款按下单时这几件分摊到的实付金额算，其余商品的优惠不变。用掉的券和积分在整单取消后退回一次。',
            en: 'You can also cancel single items: the refund is their share of what was charged; the discounts of the rest stay. Coupons and points come back once when the whole order is cancelled.',
          },
        ],
      },
    ],
  },
  returns: {
    title: { zh: '退换说明', en: 'Returns' },
    description: { zh: '签收后 7 天内退换的办法。', en: 'How to return goods within 7 days of delivery.' },
    parts: [
      {
        heading: { zh: '期限与条件', en: 'Time and condition' },
        text: [
          {
            zh: '签收后 7 天内，商品完好、配件齐全，可以退换。食品拆封后不退，质量问题除外。',
            en: 'Within 7 days of delivery, goods that are intact and complete can be returned. Opened food cannot, unless it is faulty.',
          },
        ],
      },
      {
        heading: { zh: '怎么退', en: 'How to return' },
        text: [
          {
            zh: '带上商品和订单号，到任一家门店办理。店员登记后，退款按您当时实付的金额原路退回。',
            en: 'Bring the goods and the order number to any of our stores. Once recorded there, the amount you paid for them goes back the way it came.',
          },
          { zh: '退款进度显示在订单页。', en: 'The order page shows how the refund is getting on.' },
        ],
      },
    ],
  },
  invoices: {
    title: { zh: '发票说明', en: 'Invoices' },
    description: { zh: '如何取得发票。', en: 'How to get an invoice.' },
    parts: [
      {
        heading: { zh: '价格与税', en: 'Prices and tax' },
        text: [
          {
            zh: '所有价格已含增值税，每张订单记下各行的税额。',
            en: 'All prices include VAT; each order keeps the tax of every line.',
          },
        ],
      },
      {
        heading: { zh: '开票', en: 'Getting one' },
        text: [
          {
            zh: '结算时选“开发票”，填好抬头；单位还要税号，专用发票另填地址、电话和开户行。已下的订单凭订单号到任一家门店开具。',
            en: 'Choose “Invoice” at checkout and enter the name; companies add the tax number, special invoices also address, phone and bank. For orders placed before, ask in any of our stores with the order number.',
          },
        ],
      },
    ],
  },
  privacy: {
    title: { zh: '隐私说明', en: 'Privacy' },
    description: { zh: '我们收集什么、用来做什么、怎样关闭。', en: 'What we collect, what for, and how to switch it off.' },
    parts: [
      {
        heading: { zh: '为了送货', en: 'To deliver' },
        text: [
          {
            zh: '收货人、手机号和地址只用于处理订单与派送联系。员工平时看到的手机号是遮住的，查看完整号码会留下记录。',
            en: 'Name, phone and address are used for your order and its delivery only. Staff see masked phone numbers; looking at a full one is recorded.',
          },
        ],
      },
      {
        heading: { zh: '浏览统计', en: 'Usage figures' },
        text: [
          {
            zh: '我们统计页面浏览、加入购物车和结算，用来改进商品与页面，不记姓名和手机号，不交给别人。浏览器发出“请勿跟踪”时不统计。',
            en: 'We count page views, additions to the cart and checkouts to improve goods and pages, without names or phone numbers, and share them with nobody. Nothing is counted when your browser asks not to be tracked.',
          },
        ],
      },
      {
        heading: { zh: 'Cookie', en: 'Cookies' },
        text: [
          {
            zh: '只有三种：认出您的购物车、保持登录、记住购物车件数。',
            en: 'Three only: one that knows your cart, one that keeps you signed in, one with the number of items in the cart.',
          },
        ],
      },
    ],
  },
};

export const privacySwitch = {
  label: { zh: '允许浏览统计', en: 'Allow usage figures' },
  saved: { zh: '已记住您的选择', en: 'Your choice is kept' },
} as const;
