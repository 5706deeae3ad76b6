// What a parcel costs to send, by channel, pure.
import type { FreightRule } from './cart-price/request.ts';

const parcel: FreightRule = { feeFen: 800, freeFromFen: 9900 };
const handedOver: FreightRule = { feeFen: 0, freeFromFen: 0 };

/** ¥8.00 a parcel, free from ¥99.00 of goods. A store hands over without any. */
export const freightRuleFor = (channel: string): FreightRule => (channel === 'store' ? handedOver : parcel);
