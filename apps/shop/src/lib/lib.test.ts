import { describe, expect, test } from 'vitest';
import { products } from '../../test/sample-goods.ts';
import { makeMicroCache } from '../http/micro-cache.ts';
import { splitPath } from './language.ts';
import { listQuery, parseListState, toggle } from './list-state.ts';
import { checkPhone, checkRecipient, emptyRecipient, parseWholeAddress } from './recipient.ts';
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

  test('needs name, phone, province, city and street, and nothing more', () => {
    expect(Object.keys(checkRecipient(emptyRecipient)).toSorted()).toEqual(['city', 'detail', 'name', 'phone', 'province']);
    expect(
      checkRecipient({
        name: '王敏',
        phone: '13800138000',
        province: '浙江省',
        city: '杭州市',
        detail: '文三路 90 号',
        note: '',
      }),
    ).toEqual({});
  });

  test.each([
    [
      '王敏 13800138000 浙江省杭州市西湖区文三路 90 号',
      { name: '王敏', phone: '13800138000', province: '浙江省', city: '杭州市西湖区', detail: '文三路 90 号' },
    ],
    [
      '收货人：李强，手机：139 1234 5678，地址：上海市上海市浦东新区世纪大道100号',
      { name: '李强', phone: '13912345678', province: '上海市', city: '浦东新区', detail: '世纪大道100号' },
    ],
    [
      '广东深圳市南山区科技园路1号 陈晨 18612345678',
      { name: '陈晨', phone: '18612345678', province: '广东省', city: '深圳市南山区', detail: '科技园路1号' },
    ],
    [
      '内蒙古自治区呼和浩特市赛罕区大学西街235号 13512345678',
      { phone: '13512345678', province: '内蒙古自治区', city: '呼和浩特市赛罕区', detail: '大学西街235号' },
    ],
    ['nothing to see', {}],
  ])('takes apart %s', (text, parts) => {
    expect(parseWholeAddress(text)).toEqual(parts);
  });
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
