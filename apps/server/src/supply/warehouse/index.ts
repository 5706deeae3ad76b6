// The door of warehouse.
export { collectPickup, type PickupCode } from './collect-pickup.ts';
export { deliverFulfilments } from './deliver-fulfilments.ts';
export {
  fulfilmentCollected, fulfilmentDelivered, fulfilmentLapsed, fulfilmentRejected, fulfilmentShipped, pickupReady,
} from './events.ts'; // prettier-ignore
export type { FulfilmentKind, FulfilmentState, RejectReason } from './fulfilment.ts';
export { type FulfilmentPlan, type OpenedFulfilment, openFulfilments, type PlannedLine } from './open-fulfilments.ts';
export { type FulfilmentFacts, fulfilmentsOf, ordersIn } from './queries.ts';
export { setBins } from './set-bins.ts';
export { type ShipFulfilment, shipFulfilments } from './ship-fulfilments.ts';
export { type Withdrawn, withdrawLines, type WithdrawLines } from './withdraw-lines.ts';
