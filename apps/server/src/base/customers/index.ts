export { maskEmail, maskName, maskPhone, normalPhone } from './customer.ts';
export { ensureCustomerForUser } from './ensure-customer.ts';
export { contactRevealed, customerCreated } from './events.ts';
export { type CustomerFacts, findCustomerIds, findCustomers } from './find-customers.ts';
export { type CustomerRow, type UpsertedCustomer, upsertCustomers } from './upsert-customers.ts';
