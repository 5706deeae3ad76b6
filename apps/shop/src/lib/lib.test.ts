import { describe, expect, test } from 'vitest';
import { products } from '../../test/sample-goods.ts';
import { anOrder } from '../../test/sample-orders.ts';
import { divisionsBelow, threshold } from '../../test/sample-offers.ts';
import { makeSite } from '../site.ts';
import { makeMicroCache } from '../http/micro-cache.ts';
import { splitPath } from './language.ts';
import { listQuery, parseListState, toggle } from './list-state.ts';
import { choiceOf, fitting, missingLevel, regionOf } from './divisions.ts';
import { checkInvoice, emptyInvoice } from './invoice.ts';
import { checkPhone, checkRecipient, emptyRecipient } from './recipient.ts';
import { isWholeOrder, shareOf } from './refund.ts';
import { clockOf } from './countdown.ts';
import { ruleText, skusNamed } from './rule.ts';
import { fill } from './say.ts';
import { choicesOf, pickVariant } from './variants.ts';

describe('a list in the address', () => {
  const read = (query: string) => parseListState(new URLSearchParams(query));

  test('reads back what it wrote, defaults left out, in one order', () => {
    const query = '?q=%E7%BE%BD%E7%BB%92&brand=a&brand=b&option=x%3A1&option=y%3A2&min=50&max=99.5&stock=1&sort=price_asc&page=3';
    expect(listQuery(read(query))).toBe(query);
    expect(listQuery(read('?page=1&sort=recommended&q='))).toBe('');
    expect(listQuery(read('?brand=b&brand=a&brand=b'))).toBe('?brand=a&brand=b');
  });

  test('drops what it cannot read and never crashes', () => {
    expect(read('?page=-2&sort=nonsense&min=abc&max=1e99&option=nocolon&stock=yes')).toEqual(read(''));
    expect(read('?min=300&max=100')).toMatchObject({ minFen: 10_000, maxFen: 30_000 });
    expect(read('?min=%EF%BC%95%EF%BC%90')).toMatchObject({ minFen: 5_000 });
  });

  test('a filter goes in and out, and always from the first page', () => {
    const on = toggle(read('?page=4'), 'options', 'x:1');
    expect([on.options, on.page]).toEqual([['x:1'], 1]);
    expect(toggle(on, 'options', 'x:1').options).toEqual([]);
  });
});

describe('a recipient', () => {
  test.each([
    ['', '请填写 11 位手机号'],
    ['1380013800', '手机号少 1 位'],
    ['138001380001', '手机号多了 1 位'],
    ['2380013800', '手机号以 13 到 19 开头'],
    ['138o0138000', '去掉“o”'],
  ])('says how %s is wrong', (text, sentence) => {
    const trouble = checkPhone(text);
    expect(trouble && fill(trouble.word, 'zh-CN', trouble.values)).toContain(sentence);
  });

  test.each(['13800138000', ' 138 0013 8000 ', '+86 138-0013-8000', '１３８００１３８０００'])('reads %s as a number', (text) => {
    expect(checkPhone(text)).toBeUndefined();
  });

  const places = { provinces: divisionsBelow(undefined), cities: divisionsBelow('330000'), districts: divisionsBelow('330100') };

  test('needs name, phone, province, city, district and street, and nothing more; a level is asked for when the one above is there', () => {
    const none = { provinces: places.provinces, cities: [], districts: [] };
    expect(Object.keys(checkRecipient(emptyRecipient, none)).toSorted()).toEqual(['detail', 'name', 'phone', 'province']);
    const typed = { ...emptyRecipient, name: '王敏', phone: '13800138000', detail: '文三路 90 号' };
    expect(Object.keys(checkRecipient({ ...typed, province: '330000' }, { ...places, districts: [] }, 'p1-'))).toEqual([
      'p1-city',
    ]);
    expect(Object.keys(checkRecipient({ ...typed, province: '330000', city: '330100' }, places))).toEqual(['district']);
    expect(checkRecipient({ ...typed, ...choiceOf('330106') }, places)).toEqual({});
  });

  test('another province empties city and district; a city without districts is whole', () => {
    expect(fitting({ province: '110000', city: '330100', district: '330106' })).toEqual({
      province: '110000',
      city: '',
      district: '',
    });
    expect(fitting(choiceOf('330106'))).toEqual(choiceOf('330106'));
    expect(missingLevel({ province: '330000', city: '330100', district: '' }, { ...places, districts: [] })).toBeUndefined();
  });

  test('the region names each level once, with the code of the lowest', () => {
    expect(regionOf(choiceOf('330106'), places)).toEqual({ region: '浙江省 杭州市 西湖区', districtCode: '330106' });
    const beijing = { provinces: places.provinces, cities: divisionsBelow('110000'), districts: divisionsBelow('110100') };
    expect(regionOf(choiceOf('110101'), beijing).region).toBe('北京市 东城区');
  });
});

describe('an invoice', () => {
  test('is not asked for unless wanted; each kind asks for its own fields', () => {
    expect(checkInvoice(emptyInvoice)).toEqual({ invoice: undefined });
    expect(checkInvoice({ ...emptyInvoice, kind: 'personal', title: '王敏', taxNumber: 'nonsense' })).toEqual({
      invoice: { kind: 'personal', title: '王敏' },
    });
    const special = checkInvoice({ ...emptyInvoice, kind: 'special', title: '谷雨良品' });
    expect('troubles' in special && Object.keys(special.troubles).toSorted()).toEqual(
      ['account', 'address', 'bank', 'phone', 'taxNumber'].map((field) => `invoice-${field}`),
    );
  });

  test('a tax number with a wrong check character is refused before it reaches an order', () => {
    const company = (taxNumber: string) => checkInvoice({ ...emptyInvoice, kind: 'company', title: '谷雨良品', taxNumber });
    expect(company('91330106MA2CFGHJ2U')).toHaveProperty('troubles');
    expect(company('91350100M000100Y43')).toHaveProperty('invoice');
  });
});

describe('what calling off gives back', () => {
  const [line] = anOrder().lines;
  if (line === undefined) throw new Error('no line');

  test('the shares of a line sum to its amount, in whatever steps', () => {
    for (const amountFen of [1, 100, 999, 10_001]) {
      const of = (cancelledQuantity: number, count: number) => shareOf({ amountFen, quantity: 7, cancelledQuantity }, count);
      expect(of(0, 3) + of(3, 1) + of(4, 3)).toBe(amountFen);
      expect(of(0, 7)).toBe(amountFen);
    }
    expect(shareOf({ amountFen: 1000, quantity: 3, cancelledQuantity: 1 }, 1)).toBe(334);
  });

  test('all units that are left are the whole order, gifts not counted', () => {
    const gift = { ...line, lineNo: 2, isGift: true };
    const part = { line: { ...line, cancelledQuantity: 1 }, quantity: 1, refundFen: 12_900, points: 0 };
    expect(isWholeOrder({ lines: [part.line, gift] }, [part])).toBe(true);
    expect(isWholeOrder({ lines: [line, gift] }, [part])).toBe(false);
  });
});

test('a rule is told in a sentence with its goods named, and those that its conditions count', () => {
  const site = makeSite({
    language: 'zh-CN',
    path: '/',
    origin: '',
    assets: { urlOf: () => '', preloadsOf: () => [] },
    now: new Date(0),
  });
  const names = { categories: [], skus: new Map([['G-1', { name: '土蜂蜜', nameEn: 'Honey' }]]) };
  expect(ruleText(site, threshold, names)).toBe('购物满 ¥200 减 ¥20');
  const from = (of: object) => ({ is: 'amount' as const, of, minFen: 30_000 });
  const gift = { ...threshold, gives: { gives: 'gift' as const, sku: 'G-1', quantity: 1 }, when: from({}) };
  expect(ruleText(site, gift, names)).toContain('土蜂蜜');
  expect(skusNamed([gift])).toEqual(['G-1']);
  const some = { ...gift, when: { all: [from({ skus: ['G-1'] })] } };
  expect(ruleText(site, some, names)).toMatch(/土蜂蜜.*300/); // the goods that its condition counts are named
  expect(skusNamed([some])).toEqual(['G-1']);
});

test('time left is a clock that never goes below zero and counts days apart', () => {
  const days = (count: number) => `${count} 天`;
  expect([-5, 59_001, 600_000, 3_600_000, 93_784_000].map((ms) => clockOf(ms, days))).toEqual([
    '00:00', '01:00', '10:00', '01:00:00', '1 天 02:03:04',
  ]); // prettier-ignore
});

describe('a variant', () => {
  const [, product] = products;
  const parts = product ?? { options: [], variants: [] };

  test('is the one asked for, else the first that can be bought', () => {
    expect(pickVariant(parts, 'SKU-2-21')?.sku).toBe('SKU-2-21');
    expect(pickVariant(parts, 'unknown')?.sku).toBe('SKU-2-00');
    const soldOutFirst = { ...parts, variants: parts.variants.filter(({ sku }) => ['SKU-2-10', 'SKU-2-11'].includes(sku)) };
    expect(pickVariant(soldOutFirst, undefined)?.sku).toBe('SKU-2-11');
  });

  test('each value leads to the variant that keeps the other choices, or says why not', () => {
    const chosen = pickVariant(parts, 'SKU-2-00');
    expect(choicesOf(parts, chosen, '颜色').map(({ sku, reason, isChosen }) => ({ sku, reason, isChosen }))).toEqual([
      { sku: 'SKU-2-00', reason: undefined, isChosen: true },
      { sku: 'SKU-2-10', reason: 'sold_out', isChosen: false },
      { sku: 'SKU-2-20', reason: undefined, isChosen: false },
    ]);
    const dark = pickVariant(parts, 'SKU-2-20');
    expect(choicesOf(parts, dark, '尺码').at(-1)).toMatchObject({ value: 'XL', sku: undefined, reason: 'no_such' });
  });
});

describe('the micro cache', () => {
  test('asks once for all who come at the same time, again after its time, and keeps no failure', async () => {
    let nowMs = 0;
    let made = 0;
    const cache = makeMicroCache<number>({ ttlMs: 1000, entriesMax: 2, nowMs: () => nowMs });
    const make = () => Promise.resolve((made += 1));
    expect(await Promise.all([cache.get('a', make), cache.get('a', make)])).toEqual([1, 1]);
    nowMs = 999;
    expect(await cache.get('a', make)).toBe(1);
    nowMs = 1000;
    expect(await cache.get('a', make)).toBe(2);
    await expect(cache.get('b', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cache.get('b', make)).toBe(3);
    await cache.get('c', make);
    expect(await cache.get('a', make)).toBe(5);
  });
});

test('English counts one and many, Chinese does not care', () => {
  const word = { zh: '{count} 件', en: '{count} item|{count} items' };
  expect([1, 2, 0].map((count) => fill(word, 'en', { count }))).toEqual(['1 item', '2 items', '0 items']);
  expect(fill(word, 'zh-CN', { count: 1 })).toBe('1 件');
});

test('a path tells its language', () => {
  expect(splitPath('/en')).toEqual({ language: 'en', path: '/' });
  expect(splitPath('/en/cart')).toEqual({ language: 'en', path: '/cart' });
  expect(splitPath('/entrance')).toEqual({ language: 'zh-CN', path: '/entrance' });
});
