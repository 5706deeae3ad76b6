import { customers as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { handle, handleOutside } from '../../platform/http.ts';
import type { Route } from '../../platform/route.ts';
import { addAddress, editAddress, makeDefaultAddress, removeAddress } from './addresses.ts';
import { divisionsBelow } from './division.ts';
import { askEmailCode, type EmailParts } from './ask-email-code.ts';
import { addInvoiceProfile, editInvoiceProfile, listInvoiceProfiles, removeInvoiceProfile } from './invoice-profiles.ts';
import { editProfile, getProfile, memberOf } from './profile.ts';
import { proveEmail } from './prove-email.ts';
import { getCustomer, listAddresses, listCustomers } from './queries.ts';
import { recogniseAddress } from './recognise-address.ts';
import { revealContact } from './reveal-contact.ts';
import { addSegmentMembers, createSegment, listSegmentMembers, listSegments, removeSegmentMembers } from './segments.ts';

const threeDays = 'private, max-age=259200'; // private: the reply may carry a guest's cookie

export const customerRoutes = (parts: EmailParts): readonly Route[] => [
  handle(contract.listCustomers, (ctx, { query }) => listCustomers(ctx.tx, query)),
  handle(contract.getCustomer, (ctx, { params }) => getCustomer(ctx.tx, params.id)),
  handle(contract.revealContact, (ctx, { params, body }) => revealContact(ctx, { id: params.id, reason: body.reason })),
  handle(contract.getProfile, (ctx) => getProfile(ctx.tx, memberOf(ctx.actor))),
  handle(contract.editProfile, (ctx, { body }) => editProfile(ctx, memberOf(ctx.actor), body)),
  handleOutside(contract.requestEmailCode, (outside, { body }) =>
    askEmailCode(outside, parts, { customerId: memberOf(outside.actor), ...body }),
  ),
  handleOutside(contract.proveEmail, async ({ inTx, actor }, { body }) => {
    const customerId = memberOf(actor);
    const { outcome } = await inTx((ctx) => proveEmail(ctx, { customerId, secret: parts.secret, ...body }));
    if (outcome === 'taken') refuse('email.taken');
    if (outcome !== 'proved') refuse(outcome === 'wrong' ? 'auth.code_wrong' : 'auth.code_expired');
    return inTx((ctx) => getProfile(ctx.tx, customerId));
  }),
  handle(contract.listAddresses, async (ctx) => ({ items: await listAddresses(ctx.tx, memberOf(ctx.actor)) })),
  handle(contract.addAddress, (ctx, { body }) => addAddress(ctx, memberOf(ctx.actor), body)),
  handle(contract.editAddress, (ctx, { params, body }) => editAddress(ctx, memberOf(ctx.actor), params.id, body)),
  handle(contract.removeAddress, async (ctx, { params }) => {
    await removeAddress(ctx, memberOf(ctx.actor), params.id);
    return {};
  }),
  handle(contract.makeDefaultAddress, (ctx, { params }) => makeDefaultAddress(ctx, memberOf(ctx.actor), params.id)),
  handleOutside(contract.listDivisions, ({ raw }, { query }) => {
    void raw?.reply.header('cache-control', threeDays); // they change once or twice a year
    return Promise.resolve({ items: [...divisionsBelow(query.parent)] });
  }),
  handleOutside(contract.recogniseAddress, (_, { body }) => Promise.resolve(recogniseAddress(body.text))),
  handle(contract.listInvoiceProfiles, async (ctx) => ({ items: await listInvoiceProfiles(ctx.tx, memberOf(ctx.actor)) })),
  handle(contract.addInvoiceProfile, (ctx, { body }) => addInvoiceProfile(ctx, memberOf(ctx.actor), body)),
  handle(contract.editInvoiceProfile, (ctx, { params, body }) => editInvoiceProfile(ctx, memberOf(ctx.actor), params.id, body)),
  handle(contract.removeInvoiceProfile, async (ctx, { params }) => {
    await removeInvoiceProfile(ctx, memberOf(ctx.actor), params.id);
    return {};
  }),
  handle(contract.listSegments, (ctx) => listSegments(ctx.tx)),
  handle(contract.createSegment, (ctx, { body }) => createSegment(ctx, body)),
  handle(contract.listSegmentMembers, (ctx, { params, query }) => listSegmentMembers(ctx.tx, params.code, query)),
  handle(contract.addSegmentMembers, (ctx, { params, body }) => addSegmentMembers(ctx, { ...params, ...body })),
  handle(contract.removeSegmentMembers, (ctx, { params, body }) => removeSegmentMembers(ctx, { ...params, ...body })),
];
