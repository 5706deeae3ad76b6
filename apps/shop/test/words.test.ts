import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cart } from '../src/words/cart.ts';
import { checkout } from '../src/words/checkout.ts';
import { flash } from '../src/words/flash.ts';
import { flashFacts } from '../src/words/flash-facts.ts';
import { coupons, points } from '../src/words/member.ts';
import { offers } from '../src/words/offers.ts';
import { common, errors } from '../src/words/common.ts';
import { lists } from '../src/words/lists.ts';
import { account, orders } from '../src/words/orders.ts';
import { policies, privacySwitch } from '../src/words/policies.ts';
import { product } from '../src/words/product.ts';
import { productPage } from '../src/words/product-page.ts';

interface Word {
  zh: string;
  en: string;
}
const books: Record<string, Record<string, Word>> = {
  common,
  errors,
  lists,
  product,
  productPage,
  cart,
  checkout,
  coupons,
  flash,
  flashFacts,
  offers,
  points,
  orders,
  account,
  privacySwitch,
};
const papers = Object.values(policies).flatMap(({ title, description, parts }) => [
  title,
  description,
  ...parts.flatMap(({ heading, text }) => [heading, ...text]),
]);
const words: [string, Word][] = [
  ...Object.entries(books).flatMap(([book, entries]) =>
    Object.entries(entries).map(([name, word]): [string, Word] => [`${book}.${name}`, word]),
  ),
  ...papers.map((word): [string, Word] => [word.en.slice(0, 30), word]),
];
const places = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)))].toSorted((one, other) =>
    one.localeCompare(other),
  );
/** Deliberately in the other language: the switch, and an example of a Chinese address. */
const foreign = new Set([
  'common.otherLanguage',
  'checkout.pasteHint',
  'lists.priceFromTo',
  'cart.listComma',
  'offers.withCode',
  'offers.notUsedLine',
]);

test.each(words)('%s is said in both languages with the same places', (name, { zh, en }) => {
  expect(zh.trim()).not.toBe('');
  expect(en.trim()).not.toBe('');
  expect(places(en)).toEqual(places(zh));
  if (foreign.has(name)) return;
  expect(en).not.toMatch(/\p{Script=Han}/u);
  if (!/^[\w {}·]+$/.test(zh)) expect(zh).toMatch(/\p{Script=Han}/u);
});

const sources = ['src', 'src/pages', 'src/parts', 'src/islands', 'src/routes', 'src/http', 'src/lib']
  .flatMap((dir) => readdirSync(join(import.meta.dirname, '..', dir)).map((file) => join(import.meta.dirname, '..', dir, file)))
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'));
const code = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]));

test('no page, part, island or route has Chinese text of its own', () => {
  const hard = [...code].flatMap(([file, text]) => {
    const plain = text.replaceAll(/\/\*\*?[\s\S]*?\*\/|\/\/.*$/gm, '');
    return !/\p{Script=Han}/u.test(plain) ? [] : [file];
  });
  expect(hard).toEqual([]);
});

test('every word is used somewhere', () => {
  const all = [...code.values()].join('\n');
  const unused = Object.entries(books).flatMap(([book, entries]) =>
    Object.keys(entries)
      .filter((name) => !new RegExp(`\\.${name}\\b`).test(all))
      .map((name) => `${book}.${name}`),
  );
  expect(unused).toEqual([]);
});
