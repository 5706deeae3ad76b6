// The door of routing.
export { type CapacityClaim, giveCapacityBack, takeCapacity } from './capacity.ts';
export { type Decision, keepDecisions, type Origin, type RouteDecision, routesOf } from './decisions.ts';
export { loadRouting, type LocationFacts, type Routing } from './load-routing.ts';
export { onlineAvailability } from './online-availability.ts';
export { onlineLocations } from './queries.ts';
export { type OrderToRoute, routeOrders } from './route-orders.ts';
export type { Parcel, Route, RouteLine, RoutingRule, Rules, Storage } from './route.ts';
export { saveLocation } from './save-location.ts';
export { checkLocations } from './save-rules.ts';
