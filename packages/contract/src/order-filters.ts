import * as z from 'zod';
import { attentions, OrderState } from './order.ts';
import { ChannelCode, Day, Id, LocationCode } from './values.ts';

/** What a list of orders may be narrowed to, apart from where an order stands. */
export const orderFilters = {
  channel: ChannelCode.optional(),
  store: LocationCode.optional(),
  /** First and last business day of placement. */
  from: Day.optional(),
  to: Day.optional(),
  /** The number, its beginning or its end, an external number, or the last digits (at least 4) of the phone. */
  text: z.string().trim().max(64).optional(),
  customerId: Id.optional(),
};

/** Where an order stands. */
export const orderStages = {
  state: z.union([OrderState, z.array(OrderState)]).optional(),
  attention: z.enum(['any', ...attentions]).optional(),
};
