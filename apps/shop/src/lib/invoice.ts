import { customers, orders } from '@tongshang/contract';
import type { Invoice } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import type { Trouble, Troubles } from './recipient.ts';

// What a buyer asks to stand on the invoice. Which fields count depends on the kind; the others are kept, not sent.

export const invoiceKinds = ['none', 'personal', 'company', 'special'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];
export const invoiceFields = ['title', 'taxNumber', 'address', 'phone', 'bank', 'account', 'email'] as const;
export type InvoiceField = (typeof invoiceFields)[number];
export interface InvoiceForm extends Readonly<Record<InvoiceField, string>> {
  kind: InvoiceKind;
}

export const emptyInvoice: InvoiceForm = {
  kind: 'none',
  title: '',
  taxNumber: '',
  address: '',
  phone: '',
  bank: '',
  account: '',
  email: '',
};

/** Which kinds ask for a field. */
export const kindsOf: Readonly<Record<InvoiceField, readonly InvoiceKind[]>> = {
  title: ['personal', 'company', 'special'],
  taxNumber: ['company', 'special'],
  address: ['special'],
  phone: ['special'],
  bank: ['special'],
  account: ['special'],
  email: ['personal', 'company', 'special'],
};

export function readInvoice(form: URLSearchParams): InvoiceForm {
  const take = (field: InvoiceField): string => (form.get(`invoice-${field}`) ?? '').trim();
  return {
    kind: invoiceKinds.find((kind) => kind === form.get('invoice')) ?? 'none',
    title: take('title'),
    taxNumber: take('taxNumber').normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, ''),
    address: take('address'),
    phone: take('phone'),
    bank: take('bank'),
    account: take('account').normalize('NFKC').replaceAll(/[\s-]/g, ''),
    email: take('email').normalize('NFKC'),
  };
}

const missing: Readonly<Record<InvoiceField, Trouble>> = {
  title: { word: checkout.invoiceTitleMissing },
  taxNumber: { word: checkout.taxNumberWrong },
  address: { word: checkout.invoiceAddressMissing },
  phone: { word: checkout.invoicePhoneMissing },
  bank: { word: checkout.invoiceBankMissing },
  account: { word: checkout.invoiceAccountMissing },
  email: { word: checkout.invoiceEmailWrong },
};

/** The invoice as the order keeps it; undefined when none is wanted; else what is wrong, by field. */
export function checkInvoice(form: InvoiceForm): { invoice: Invoice | undefined } | { troubles: Troubles } {
  if (form.kind === 'none') return { invoice: undefined };
  const asked = invoiceFields.filter((field) => kindsOf[field].includes(form.kind));
  const troubles: Record<string, Trouble> = {};
  const given = asked.filter((field) => field !== 'email' || form.email !== ''); // the only one that may stay empty
  const data = { kind: form.kind, ...Object.fromEntries(given.map((field) => [field, form[field]])) };
  const parsed = orders.InvoiceForOrder.safeParse(data);
  for (const { path } of parsed.error?.issues ?? []) {
    const field = asked.find((one) => one === path[0]);
    if (field) troubles[`invoice-${field}`] = missing[field];
  }
  if (asked.includes('taxNumber') && !customers.isTaxNumber(form.taxNumber)) troubles['invoice-taxNumber'] = missing.taxNumber;
  if (!parsed.success || Object.keys(troubles).length > 0) return { troubles };
  return { invoice: parsed.data };
}

/** A saved invoice title in the form. */
export const invoiceFrom = (data: Invoice): InvoiceForm => ({ ...emptyInvoice, ...data, email: data.email ?? '' });
