// The door of identity.
export { createStaff } from './create-staff.ts';
export { createDemoStaff, listDemoSignIns } from './demo.ts';
export type { CodeMail, CodeMessage } from './code-mail.ts';
export { linkCustomer } from './link-customer.ts';
export { mailCodeLifeMs, resendAfterMs } from './phone-code.ts';
export { requestMailCode } from './request-mail-code.ts';
export { useMailCode } from './use-mail-code.ts';
export { staffActor } from './staff-actor.ts';
export { listStaffNames, setStaffLanguage, staffMail, type StaffName } from './staff-mail.ts';
