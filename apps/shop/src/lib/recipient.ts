import { parsePhone } from '@tongshang/ui/format/parse';
import type { Address } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import { choiceOf, fitting, missingLevel, type Places, regionOf } from './divisions.ts';
import type { Values, Word } from './say.ts';

// What a buyer types into the delivery form: read generously, refused with a sentence that says what to change.

const recipientFields = ['name', 'phone', 'province', 'city', 'district', 'detail'] as const;
export type RecipientField = (typeof recipientFields)[number];
export type RecipientForm = Readonly<Record<RecipientField, string>>;
export interface Trouble {
  word: Word;
  values?: Values;
}
/** By the id of the field. */
export type Troubles = Readonly<Record<string, Trouble>>;

export const emptyRecipient: RecipientForm = { name: '', phone: '', province: '', city: '', district: '', detail: '' };

/** Takes the form as it came; nothing is lost, blanks at the ends go. `prefix` tells one parcel's fields from another's. */
export function readRecipient(form: URLSearchParams, prefix = ''): RecipientForm {
  const take = (field: RecipientField): string => (form.get(prefix + field) ?? '').trim();
  const choice = fitting({ province: take('province'), city: take('city'), district: take('district') });
  return { name: take('name'), phone: take('phone'), ...choice, detail: take('detail') };
}

/** What is wrong, field by field; empty when a parcel can go there. */
export function checkRecipient(form: RecipientForm, places: Places, prefix = ''): Troubles {
  const troubles: Record<string, Trouble> = {};
  const wrong = (field: RecipientField, trouble: Trouble | undefined): void => {
    if (trouble) troubles[prefix + field] = trouble;
  };
  if (form.name === '') wrong('name', { word: checkout.nameMissing });
  else if (form.name.length > 40) wrong('name', { word: checkout.nameLong });
  wrong('phone', checkPhone(form.phone));
  const missing = missingLevel(form, places);
  if (missing === 'province') wrong('province', { word: checkout.provinceMissing });
  if (missing === 'city') wrong('city', { word: checkout.cityMissing });
  if (missing === 'district') wrong('district', { word: checkout.districtMissing });
  if (form.detail === '') wrong('detail', { word: checkout.detailMissing });
  else if (form.detail.length < 4) wrong('detail', { word: checkout.detailShort });
  else if (form.detail.length > 200) wrong('detail', { word: checkout.detailLong });
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

/** The form as checkout takes it. */
export function toRecipient(form: RecipientForm, places: Places) {
  return { name: form.name, phone: parsePhone(form.phone) ?? form.phone, ...regionOf(form, places), address: form.detail };
}

/** A saved address in the form; one from before there were codes asks for its division again. */
export const formFrom = (address: Address): RecipientForm => ({
  name: address.name,
  phone: address.phone,
  ...choiceOf(address.districtCode),
  detail: address.detail,
});
