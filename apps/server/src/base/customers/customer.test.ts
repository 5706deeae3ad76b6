import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskEmail, maskName, maskPhone, normalPhone } from './customer.ts';

test.each([
  ['13800138000', '138****8000'], ['02112345678', '021****5678'], ['12345', '****45'], [null, null],
])('phone %s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown)); // prettier-ignore

test.each([
  ['张三', '张*'], ['欧阳娜娜', '欧***'], ['王', '王*'], ['Jane Doe', 'J***'], ['', ''],
])('name %s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown)); // prettier-ignore

test.each([
  ['zhang@example.com', 'z***@example.com'], ['@x', '***'], ['nothing', '***'], [null, null],
])('e-mail %s is shown as %s', (email, shown) => expect(maskEmail(email)).toBe(shown)); // prettier-ignore

test.each([
  ['138 0013 8000', '13800138000'], ['+86-13800138000', '13800138000'], ['008613800138000', '13800138000'], ['8613800138000', '13800138000'],
  ['１３８００１３８０００', '13800138000'], ['021-1234 5678', '02112345678'], ['', undefined], ['-', undefined], [undefined, undefined],
])('phone %s is kept as %s', (text, kept) => expect(normalPhone(text)).toBe(kept)); // prettier-ignore

test('no mask ever shows a whole phone of eleven digits, and keeping a kept phone changes nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
      expect(maskPhone(phone)).not.toContain(phone.slice(3, 7));
      expect(normalPhone(normalPhone(phone))).toBe(phone);
    }),
  );
});
