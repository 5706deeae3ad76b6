// What the carriage of a parcel costs the buyer.
import type { FreightRule } from './request.ts';

/** Parcels that are sent: a fee, free from an amount of goods. Nothing is sent from a till. */
const sent: FreightRule = { feeFen: 800, freeFromFen: 9900 };
const handedOver: FreightRule = { feeFen: 0, freeFromFen: 0 };

/** The freight of one parcel of a channel, fen. */
export const freightRuleFor = (channel: string): FreightRule => (channel === 'store' ? handedOver : sent);
