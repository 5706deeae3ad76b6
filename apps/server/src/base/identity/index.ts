// The door of identity.
export { createStaff } from './create-staff.ts';
export { createDemoStaff, listDemoSignIns } from './demo.ts';
export { linkCustomer } from './link-customer.ts';
export { staffActor } from './staff-actor.ts';
export { listStaffNames, setStaffLanguage, staffMail, type StaffName } from './staff-mail.ts';
