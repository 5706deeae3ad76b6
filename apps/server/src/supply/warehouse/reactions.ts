import { onMany } from '../../platform/events.ts';
import { parcelDelivered, parcelReturned } from '../delivery/index.ts';
import { deliverFulfilments } from './deliver-fulfilments.ts';
import { note } from './lock-fulfilments.ts';

/** What the warehouse does when carriers report. */
export const warehouseReactions = [
  onMany(parcelDelivered, 'warehouse.note-delivered', (ctx, told) =>
    deliverFulfilments(
      ctx,
      told.map(({ payload: { fulfilmentId, at } }) => ({ fulfilmentId, at: new Date(at) })),
    ),
  ),
  onMany(parcelReturned, 'warehouse.note-returned', (ctx, told) =>
    note(
      ctx,
      told.map(({ payload: { fulfilmentId, trackingNumber, at } }) => ({
        fulfilmentId,
        state: 'handed_over' as const,
        what: 'returned_by_carrier',
        details: { trackingNumber, at },
      })),
    ),
  ),
];
