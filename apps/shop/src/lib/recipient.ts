import { parsePhone } from '@tongshang/ui/format/parse';
import { checkout } from '../words/cart.ts';
import { findProvince, provinceAtStart } from './provinces.ts';
import type { Values, Word } from './say.ts';

// What a buyer types into the delivery form: read generously, refused with a sentence that says what to change.

export const recipientFields = ['name', 'phone', 'province', 'city', 'detail', 'note'] as const;
export type RecipientField = (typeof recipientFields)[number];
export type RecipientForm = Readonly<Record<RecipientField, string>>;
export interface Trouble {
  word: Word;
  values?: Values;
}
export type Troubles = Partial<Record<RecipientField, Trouble>>;

export const emptyRecipient: RecipientForm = { name: '', phone: '', province: '', city: '', detail: '', note: '' };

/** Takes the form as it came; nothing is lost, blanks at the ends go. */
export function readRecipient(form: URLSearchParams): RecipientForm {
  const take = (field: RecipientField): string => (form.get(field) ?? '').trim();
  return {
    name: take('name'),
    phone: take('phone'),
    province: take('province'),
    city: take('city'),
    detail: take('detail'),
    note: take('note'),
  };
}

/** What is wrong, field by field; empty when the order can go there. */
export function checkRecipient(form: RecipientForm): Troubles {
  const troubles: Troubles = {};
  if (form.name === '') troubles.name = { word: checkout.nameMissing };
  else if (form.name.length > 40) troubles.name = { word: checkout.nameLong };
  const phone = checkPhone(form.phone);
  if (phone) troubles.phone = phone;
  if (findProvince(form.province) === undefined) troubles.province = { word: checkout.provinceMissing };
  if (form.city.length < 2) troubles.city = { word: checkout.cityMissing };
  if (form.detail === '') troubles.detail = { word: checkout.detailMissing };
  else if (form.detail.length < 4) troubles.detail = { word: checkout.detailShort };
  else if (form.detail.length > 200) troubles.detail = { word: checkout.detailLong };
  if (form.note.length > 200) troubles.note = { word: checkout.noteLong };
  return troubles;
}

/** Says how a number is wrong, not only that it is. */
export function checkPhone(text: string): Trouble | undefined {
  if (parsePhone(text) !== undefined) return undefined;
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\s()·.-]/g, '')
    .replace(/^\+?86(?=1)/, '');
  if (plain === '') return { word: checkout.phoneMissing };
  const strange = /\D+/.exec(plain)?.[0];
  if (strange !== undefined) return { word: checkout.phoneLetters, values: { found: strange } };
  if (!/^1[3-9]/.test(plain)) return plain.length < 3 ? { word: checkout.phoneMissing } : { word: checkout.phoneStart };
  const count = Math.abs(11 - plain.length);
  return { word: plain.length < 11 ? checkout.phoneShort : checkout.phoneLong, values: { count } };
}

/** A whole address in one piece: `王敏 138 0013 8000 浙江省杭州市西湖区文三路 90 号`. What cannot be told apart stays empty. */
export function parseWholeAddress(text: string): Partial<RecipientForm> {
  let rest = text
    .normalize('NFKC')
    .replaceAll(/收货人|收件人|姓名|手机号?码?|电话|所在地区|详细地址|收货地址|地址|[:;,]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const found: { -readonly [Field in RecipientField]?: string | undefined } = {};
  const phoneText = /(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}/.exec(rest)?.[0];
  if (phoneText !== undefined) {
    found.phone = parsePhone(phoneText) ?? '';
    rest = rest.replace(phoneText, ' ');
  }
  const province = findProvinceIn(rest);
  if (province !== undefined) {
    const from = rest.slice(province.at + province.length).trim();
    found.name = rest.slice(0, province.at).trim() || undefined;
    found.province = province.name;
    const city = cityOf(from, province.isCity ? province.name : '');
    if (city !== undefined) found.city = city;
    const street = from.slice(city === undefined ? 0 : from.indexOf(city) + city.length).trim();
    const tail = found.name === undefined ? / (\p{Script=Han}{2,4})$/u.exec(street) : null;
    if (tail) found.name = tail[1];
    found.detail = (tail ? street.slice(0, tail.index) : street).trim();
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<RecipientForm>;
}

function findProvinceIn(text: string): { at: number; length: number; name: string; isCity: boolean } | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const hit = provinceAtStart(text.slice(at));
    if (hit !== undefined) return { at, length: hit.length, name: hit.province.name, isCity: hit.province.name.endsWith('市') };
  }
  return undefined;
}

/** City and district from the front of the rest; a city that is a province of its own may be named twice. */
function cityOf(text: string, provinceCity: string): string | undefined {
  const plain = provinceCity !== '' && text.startsWith(provinceCity) ? text.slice(provinceCity.length).trim() : text;
  const city = /^\S{2,8}?(?:市|自治州|地区|盟)/.exec(plain)?.[0] ?? '';
  const district = /^\s*\S{1,7}?(?:区|县|旗|市)(?![道路街])/.exec(plain.slice(city.length))?.[0] ?? '';
  const all = (city + district).trim();
  return all === '' ? undefined : all;
}
