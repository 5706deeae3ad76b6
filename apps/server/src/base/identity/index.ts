export { createStaff } from './create-staff.ts';
export { createDemoStaff, listDemoSignIns } from './demo.ts';
export { staffCreated, staffDeactivated, staffReactivated, staffRoleSet } from './events.ts';
export { linkCustomer } from './link-customer.ts';
export { listStaff } from './queries.ts';
