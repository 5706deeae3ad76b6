import { identity as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { handle, handleOutside } from '../../platform/http.ts';
import type { Route } from '../../platform/route.ts';
import { deactivateStaff, reactivateStaff, setStaffRole } from './change-staff.ts';
import { createStaff } from './create-staff.ts';
import { listDemoSignIns } from './demo.ts';
import { meOf } from './me.ts';
import { codeLifeMs, resendAfterMs } from './phone-code.ts';
import { listSandboxMails, listSandboxMessages, listStaff } from './queries.ts';
import { requestPhoneCode } from './request-phone-code.ts';
import { keyFor } from './secrets.ts';
import type { Sms } from './sms.ts';

export interface IdentityParts {
  isDemo: boolean;
  secret: string;
  /** Missing where no provider is set up: codes are refused, nothing pretends. */
  sms: Sms | undefined;
}

export const identityRoutes = ({ isDemo, secret, sms }: IdentityParts): Route[] => [
  handle(contract.getMe, (ctx) => Promise.resolve(meOf(ctx.actor))),
  handle(contract.listStaff, async (ctx) => ({ items: await listStaff(ctx.tx) })),
  handle(contract.createStaff, (ctx, { body }) => createStaff(ctx, body)),
  handle(contract.setStaffRole, (ctx, { params, body }) => setStaffRole(ctx, { id: params.id, ...body })),
  handle(contract.deactivateStaff, (ctx, { params }) => deactivateStaff(ctx, params)),
  handle(contract.reactivateStaff, (ctx, { params }) => reactivateStaff(ctx, params)),
  handleOutside(contract.requestPhoneCode, async (outside, { body }) => {
    if (sms === undefined) return refuse('sms.unavailable');
    const { code } = await outside.inTx((ctx) => requestPhoneCode(ctx, { phone: body.phone, key: keyFor(secret, 'phone-code') }));
    await sms.sendCode(outside, { phone: body.phone, code });
    return { expiresInSeconds: codeLifeMs / 1000, resendInSeconds: resendAfterMs / 1000 };
  }),
  handle(contract.listDemoSignIns, async (ctx) => ({ items: isDemo ? await listDemoSignIns(ctx.tx) : refuse('page.not_found') })),
  handle(contract.listSandboxMessages, async (ctx, { query }) => ({
    items: isDemo ? await listSandboxMessages(ctx.tx, query.phone) : refuse('page.not_found'),
  })),
  handle(contract.listSandboxMails, async (ctx, { query }) => ({
    items: isDemo ? await listSandboxMails(ctx.tx, query.email) : refuse('page.not_found'),
  })),
];
