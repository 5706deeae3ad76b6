import { customers as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test.each(['91350100M000100Y43', '9144030071526726XG', '91330100799655058B'])('%s carries its check character', (number) =>
  expect(contract.isTaxNumber(number)).toBe(true),
);

test('one wrong letter anywhere, or two neighbours swapped, is noticed', () => {
  const right = '9144030071526726XG';
  const letters = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...letters), (at, letter) => {
      fc.pre(right[at] !== letter);
      expect(contract.isTaxNumber(right.slice(0, at) + letter + right.slice(at + 1))).toBe(false);
    }),
  );
  for (let at = 0; at < 17; at += 1) {
    if (right[at] === right[at + 1]) continue;
    const swapped = `${right.slice(0, at)}${right[at + 1]}${right[at]}${right.slice(at + 2)}`;
    expect(contract.isTaxNumber(swapped), swapped).toBe(false);
  }
});

test.each(['', '9144030071526726X', '9144030071526726XGG', '91440300 71526726XG', '9144030071526726IG', '9144030071526726xg'])(
  '“%s” is no tax number',
  (text) => expect(contract.isTaxNumber(text)).toBe(false),
);

test('a tax number is kept in one form however it was typed', () => {
  for (const typed of ['9144 0300 7152 6726 xg', '９１４４０３００７１５２６７２６ＸＧ', '91440300-71526726-XG'])
    expect(contract.TaxNumber.parse(typed)).toBe('9144030071526726XG');
});

test('each kind of invoice asks for what it needs and takes nothing else', () => {
  const company = { kind: 'company', title: '谷雨良品有限公司', taxNumber: '9144030071526726XG' };
  const special = { ...company, kind: 'special', address: '杭州市西湖区文一西路100号', phone: '0571-88880000', bank: '中国银行杭州分行', account: '6222 0212 0000 1234' };
  expect(contract.InvoiceData.parse({ kind: 'personal', title: '张三' })).toEqual({ kind: 'personal', title: '张三' });
  expect(contract.InvoiceData.parse(special)).toMatchObject({ account: '6222021200001234' });
  const wrong: object[] = [
    { kind: 'personal', title: ' ' },
    { kind: 'personal', title: '张三', taxNumber: '9144030071526726XG' },
    { kind: 'company', title: '谷雨良品有限公司' },
    { ...company, taxNumber: '9144030071526726XH' },
    { ...special, account: '12' },
    { ...special, bank: undefined },
    { kind: 'other', title: 'x' },
  ];
  for (const data of wrong) expect(contract.InvoiceData.safeParse(data).success, JSON.stringify(data)).toBe(false);
  const frozen = contract.InvoiceData.parse(special);
  expect(contract.InvoiceData.parse(frozen)).toEqual(frozen); // what an order froze can be read again
}); // prettier-ignore
