import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, Language, page, paging } from './values.ts';

export const customerSources = ['shop', 'import', 'store'] as const;
export const CustomerSource = z.enum(customerSources);

/** A mainland mobile number, 11 digits. */
export const Phone = z.string().regex(/^1[3-9]\d{9}$/);

/** A customer as staff see one: phone `138****8000`, e-mail `z***@example.com`, name `张**`. */
export const Customer = z.object({
  id: Id,
  number: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  source: CustomerSource,
  externalId: z.string().nullable(),
  language: Language,
  isMember: z.boolean(),
  createdAt: Instant,
});

export const Address = z.object({
  id: Id,
  name: z.string(),
  phone: z.string(),
  /** 省市区, separated by spaces. */
  region: z.string(),
  detail: z.string(),
  isDefault: z.boolean(),
});
const AddressForm = z.object({
  name: z.string().trim().min(1).max(50),
  phone: Phone,
  region: z.string().trim().min(2).max(100),
  detail: z.string().trim().min(2).max(200),
  isDefault: z.boolean().default(false),
});

const charset = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Whether the last of 18 characters is the check character of the 17 before it (统一社会信用代码, GB 32100-2015: weights 3^i mod 31). */
export function isTaxNumber(text: string): boolean {
  const digits = Array.from(text, (letter) => charset.indexOf(letter));
  if (digits.length !== 18 || digits.includes(-1)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0);
  return digits[17] === (31 - (sum % 31)) % 31;
}

/** 税号: as typed, then full width narrowed, letters capital, spaces and dashes left out. */
export const TaxNumber = z
  .string()
  .max(40)
  .overwrite((text) => text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, ''))
  .refine(isTaxNumber, { message: 'not a unified social credit code' });

const invoiceTitle = z.string().trim().min(1).max(100);
/** Where the electronic invoice is sent. */
const invoiceEmail = z.email().max(200).optional();

/** What stands on an invoice: 普通 to a person, 普通 to a firm, 专用 (whose tax the buyer deducts). Frozen with the order. */
export const InvoiceData = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('personal'), title: invoiceTitle, email: invoiceEmail }),
  z.strictObject({ kind: z.literal('company'), title: invoiceTitle, taxNumber: TaxNumber, email: invoiceEmail }),
  z.strictObject({
    kind: z.literal('special'),
    title: invoiceTitle,
    taxNumber: TaxNumber,
    address: z.string().trim().min(2).max(200),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+() -]{5,30}$/),
    bank: z.string().trim().min(2).max(100),
    account: z
      .string()
      .max(60)
      .overwrite((text) => text.replaceAll(/[\s-]/g, ''))
      .regex(/^\d{6,40}$/),
    email: invoiceEmail,
  }),
]);
export type InvoiceData = z.output<typeof InvoiceData>;

/** A member as they see themselves. */
export const Profile = z.object({
  customerId: Id,
  number: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: Language,
  memberSince: Instant,
});

export const listCustomers = endpoint({
  method: 'GET',
  path: '/customers',
  summary: 'Customers, contacts masked; found by number, name, whole phone or outside number',
  access: { permission: 'customers.view' },
  query: z.object({ search: z.string().trim().max(100).optional(), source: CustomerSource.optional(), ...paging }),
  reply: page(Customer),
  errors: [],
});

export const getCustomer = endpoint({
  method: 'GET',
  path: '/customers/:id',
  summary: 'One customer, contacts masked',
  access: { permission: 'customers.view' },
  params: z.object({ id: Id }),
  reply: Customer,
  errors: ['customer.not_found'],
});

export const revealContact = endpoint({
  method: 'POST',
  path: '/customers/:id/contact-reveals',
  summary: 'Show the full contact; who looked is written down',
  access: { permission: 'customers.reveal' },
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(1).max(200) }),
  reply: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable(), addresses: z.array(Address) }),
  errors: ['customer.not_found'],
});

export const getProfile = endpoint({
  method: 'GET',
  path: '/profile',
  summary: 'My own data',
  access: 'member',
  reply: Profile,
  errors: [],
});

export const editProfile = endpoint({
  method: 'PATCH',
  path: '/profile',
  summary: 'Change my name, e-mail or language',
  access: 'member',
  body: z.object({
    name: z.string().trim().min(1).max(50).optional(),
    email: z.email().max(200).nullable().optional(),
    language: Language.optional(),
  }),
  reply: Profile,
  errors: [],
});

export const listAddresses = endpoint({
  method: 'GET',
  path: '/profile/addresses',
  summary: 'My addresses, the default first',
  access: 'member',
  reply: z.object({ items: z.array(Address) }),
  errors: [],
});

export const addAddress = endpoint({
  method: 'POST',
  path: '/profile/addresses',
  summary: 'Add an address',
  access: 'member',
  body: AddressForm,
  reply: Address,
  errors: ['address.too_many'],
  idempotent: true,
});

export const editAddress = endpoint({
  method: 'PUT',
  path: '/profile/addresses/:id',
  summary: 'Change an address',
  access: 'member',
  params: z.object({ id: Id }),
  body: AddressForm,
  reply: Address,
  errors: ['address.not_found'],
});

export const removeAddress = endpoint({
  method: 'DELETE',
  path: '/profile/addresses/:id',
  summary: 'Remove an address',
  access: 'member',
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['address.not_found'],
});
