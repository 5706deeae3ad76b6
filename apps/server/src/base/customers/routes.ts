import { customers as contract } from '@tongshang/contract';
import { handle } from '../../platform/http.ts';
import { addAddress, editAddress, removeAddress } from './addresses.ts';
import { editProfile, getProfile, memberOf } from './profile.ts';
import { getCustomer, listAddresses, listCustomers } from './queries.ts';
import { revealContact } from './reveal-contact.ts';

export const customerRoutes = [
  handle(contract.listCustomers, (ctx, { query }) => listCustomers(ctx.tx, query)),
  handle(contract.getCustomer, (ctx, { params }) => getCustomer(ctx.tx, params.id)),
  handle(contract.revealContact, (ctx, { params, body }) => revealContact(ctx, { id: params.id, reason: body.reason })),
  handle(contract.getProfile, (ctx) => getProfile(ctx.tx, memberOf(ctx.actor))),
  handle(contract.editProfile, (ctx, { body }) => editProfile(ctx, memberOf(ctx.actor), body)),
  handle(contract.listAddresses, async (ctx) => ({ items: await listAddresses(ctx.tx, memberOf(ctx.actor)) })),
  handle(contract.addAddress, (ctx, { body }) => addAddress(ctx, memberOf(ctx.actor), body)),
  handle(contract.editAddress, (ctx, { params, body }) => editAddress(ctx, memberOf(ctx.actor), params.id, body)),
  handle(contract.removeAddress, async (ctx, { params }) => {
    await removeAddress(ctx, memberOf(ctx.actor), params.id);
    return {};
  }),
];
