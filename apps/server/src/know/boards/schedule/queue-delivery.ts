import * as z from 'zod';
import type { Tx } from '../../../platform/db.ts';
import { enqueue, jobType } from '../../../platform/jobs.ts';

export const sendDelivery = jobType('boards/send-delivery', z.object({ deliveryId: z.uuid() }));

/** Queues the sending of one mail. All go through one queue: one mail at a time leaves the house, however many are due at eight. */
export const queueDelivery = (tx: Tx, deliveryId: string, runAt?: Date): Promise<void> =>
  enqueue(tx, sendDelivery, { deliveryId }, { queue: 'boards/mail', ...(runAt !== undefined && { runAt }) });
