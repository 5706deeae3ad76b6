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

/** A district of the administrative divisions, six digits: 330106 is 西湖区 of 杭州市. */
export const DistrictCode = z.string().regex(/^\d{6}$/);

/** The names of a division as they were when the address was written. */
const divisionNames = {
  districtCode: DistrictCode.nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  district: z.string().nullable(),
};

export const Address = z.object({
  id: Id,
  name: z.string(),
  phone: z.string(),
  /** 省市区, separated by spaces. */
  region: z.string(),
  ...divisionNames,
  detail: z.string(),
  isDefault: z.boolean(),
});
const AddressForm = z
  .object({
    name: z.string().trim().min(1).max(50),
    phone: Phone,
    districtCode: DistrictCode.optional(),
    /** Only where no code is known; recognised where it can be. With a code the names come from the code. */
    region: z.string().trim().min(2).max(100).optional(),
    detail: z.string().trim().min(2).max(200),
    isDefault: z.boolean().default(false),
  })
  .refine((form) => form.districtCode !== undefined || form.region !== undefined, { path: ['districtCode'], message: 'missing' });

export const Division = z.object({ code: DistrictCode, name: z.string(), level: z.enum(['province', 'city', 'district']) });

export const listDivisions = endpoint({
  method: 'GET',
  path: '/divisions',
  summary: 'Provinces, or what lies below one: cities of a province, districts of a city. May be kept for days',
  access: 'public',
  query: z.object({ parent: DistrictCode.optional() }),
  reply: z.object({ items: z.array(Division) }),
  errors: [],
});

/** A whole address as people paste it, taken apart; what was not recognised is null and what is left over is the detail. */
export const RecognisedAddress = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  ...divisionNames,
  detail: z.string(),
});
export type RecognisedAddress = z.output<typeof RecognisedAddress>;

export const recogniseAddress = endpoint({
  method: 'POST',
  path: '/addresses/recognitions',
  summary: 'Take apart an address pasted as one text: name, phone, division, detail. Nothing is kept',
  access: 'public',
  body: z.object({ text: z.string().trim().min(1).max(500) }),
  reply: RecognisedAddress,
  errors: [],
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
  /** The address was proved to be theirs by a code. */
  isEmailProved: z.boolean(),
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

export const requestEmailCode = endpoint({
  method: 'POST',
  path: '/profile/email-codes',
  summary: 'Mail me a code that proves an address to be mine',
  access: 'member',
  body: z.object({ email: z.email().trim().toLowerCase().max(200), language: Language.default('zh-CN') }),
  reply: z.object({ expiresInSeconds: z.int(), resendInSeconds: z.int() }),
  errors: ['request.too_many', 'mail.unavailable'],
});

/** What I ordered as a guest with that address on my own invoice becomes mine, within a year. */
export const proveEmail = endpoint({
  method: 'POST',
  path: '/profile/email',
  summary: 'Prove the address with the code it received; it becomes mine',
  access: 'member',
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  reply: Profile,
  errors: ['auth.code_wrong', 'auth.code_expired', 'email.taken'],
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
  errors: ['address.too_many', 'address.district_unknown'],
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
  errors: ['address.not_found', 'address.district_unknown'],
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

export const makeDefaultAddress = endpoint({
  method: 'PUT',
  path: '/profile/addresses/:id/default',
  summary: 'Make an address the default one',
  access: 'member',
  params: z.object({ id: Id }),
  reply: Address,
  errors: ['address.not_found'],
});

export const InvoiceProfile = z.object({ id: Id, data: InvoiceData, isDefault: z.boolean() });
const InvoiceForm = z.object({ data: InvoiceData, isDefault: z.boolean().default(false) });

export const listInvoiceProfiles = endpoint({
  method: 'GET',
  path: '/profile/invoices',
  summary: 'My invoice profiles (发票抬头), the default first',
  access: 'member',
  reply: z.object({ items: z.array(InvoiceProfile) }),
  errors: [],
});

export const addInvoiceProfile = endpoint({
  method: 'POST',
  path: '/profile/invoices',
  summary: 'Add an invoice profile',
  access: 'member',
  body: InvoiceForm,
  reply: InvoiceProfile,
  errors: ['invoice_profile.too_many'],
  idempotent: true,
});

export const editInvoiceProfile = endpoint({
  method: 'PUT',
  path: '/profile/invoices/:id',
  summary: 'Change an invoice profile; orders placed before keep what they were given',
  access: 'member',
  params: z.object({ id: Id }),
  body: InvoiceForm,
  reply: InvoiceProfile,
  errors: ['invoice_profile.not_found'],
});

export const removeInvoiceProfile = endpoint({
  method: 'DELETE',
  path: '/profile/invoices/:id',
  summary: 'Remove an invoice profile',
  access: 'member',
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['invoice_profile.not_found'],
});

export const SegmentCode = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** A named list of customers, kept by hand or by upload. */
export const Segment = z.object({
  code: SegmentCode,
  name: z.string().trim().min(1).max(60),
  nameEn: z.string().trim().min(1).max(60),
  members: z.int(),
  createdAt: Instant,
});
const segment = z.object({ code: SegmentCode });

/** Customers as people list them: one a line, by number, whole phone or outside number. */
const memberLines = z.object({ text: z.string().max(400_000) });
const changedMembers = z.object({
  /** Customers that are in the list now and were not, or are no longer. */
  changed: z.int(),
  unchanged: z.int(),
  /** Lines that name nobody we know; at most 100 are told. */
  unknown: z.array(z.object({ line: z.int(), text: z.string() })),
  unknownCount: z.int(),
});

export const listSegments = endpoint({
  method: 'GET',
  path: '/segments',
  summary: 'Named lists of customers with their sizes',
  access: { permission: 'customers.view' },
  reply: z.object({ items: z.array(Segment) }),
  errors: [],
});

export const createSegment = endpoint({
  method: 'POST',
  path: '/segments',
  summary: 'Begin a named list of customers',
  access: { permission: 'customers.segment' },
  body: Segment.pick({ code: true, name: true, nameEn: true }),
  reply: Segment,
  errors: ['segment.exists'],
});

export const listSegmentMembers = endpoint({
  method: 'GET',
  path: '/segments/:code/members',
  summary: 'Who is in a segment, contacts masked',
  access: { permission: 'customers.view' },
  params: segment,
  query: z.object(paging),
  reply: page(Customer),
  errors: ['segment.not_found'],
});

export const addSegmentMembers = endpoint({
  method: 'POST',
  path: '/segments/:code/members',
  summary: 'Add customers to a segment, one a line: number, whole phone or outside number',
  access: { permission: 'customers.segment' },
  params: segment,
  body: memberLines,
  reply: changedMembers,
  errors: ['segment.not_found'],
});

export const removeSegmentMembers = endpoint({
  method: 'POST',
  path: '/segments/:code/removals',
  summary: 'Take customers out of a segment, one a line: number, whole phone or outside number',
  access: { permission: 'customers.segment' },
  params: segment,
  body: memberLines,
  reply: changedMembers,
  errors: ['segment.not_found'],
});
