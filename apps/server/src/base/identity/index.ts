// The door of identity.
export { createDemoStaff, listDemoSignIns } from './demo.ts';
export { linkCustomer } from './link-customer.ts';
