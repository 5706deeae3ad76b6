// The door of customers.
export { addAddress } from './addresses.ts';
export { maskName, maskPhone } from './customer.ts';
export { ensureCustomerForUser, provedPhoneOf } from './ensure-customer.ts';
export { emailProved, phoneProved } from './events.ts';
export { findCustomers } from './find-customers.ts';
export { type Contact, revealContacts } from './reveal-contacts.ts';
export { memberOf } from './profile.ts';
export { provedEmailOf } from './prove-email.ts';
export { addInvoiceProfile } from './invoice-profiles.ts';
export { addToSegment, createSegment } from './segments.ts';
export { customersIn, segmentsIn } from './segments-of.ts';
export { type CustomerRow, upsertCustomers } from './upsert-customers.ts';
