// Who may manage scheduled mails and who may receive figures. Pure.
import type { StaffActor } from '../../../platform/ctx.ts';

/** Figures leave the house in files: that is an export, and of all stores. */
export const mayManage = (staff: StaffActor): boolean => staff.permissions.has('metrics.export') && staff.location === undefined;

/** A board comes to whoever could look at it; of one store to whoever is limited to it. */
export const mayReceive = (staff: StaffActor): boolean =>
  staff.permissions.has('boards.view') && staff.permissions.has('metrics.view');
