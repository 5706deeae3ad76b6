import type { routing as contract } from '@tongshang/contract';
import type { Generated } from 'kysely';
import type * as z from 'zod';
import { openSchema, type Tx } from '../../platform/db.ts';

type RoutingRule = z.output<typeof contract.RoutingRule>;
type Storage = z.output<typeof contract.RoutingLocation>['storages'][number];

interface RuleSetTable {
  only_one: Generated<boolean>;
  rules: RoutingRule[];
  parcels_max: number;
  parcel_fen_min: number;
  version: Generated<number>;
  changed_at: Date;
  changed_by: string;
}

interface LocationRuleTable {
  location: string;
  ships_online: boolean;
  daily_capacity: number | null;
  priority: Generated<number>;
  province: string | null;
  storages: Generated<Storage[]>;
}

interface CapacityTable {
  location: string;
  day: string;
  used: number;
}

interface CapacityClaimTable {
  order_id: string;
  location: string;
  day: string;
}

interface DecisionTable {
  id: Generated<string>;
  order_id: string;
  at: Date;
  origin: (typeof contract.routeOrigins)[number];
  decided_by: contract.RoutingRuleKind | null;
  actor: string;
  reason: string | null;
  parcels: z.output<typeof contract.RouteParcel>[];
  ranking: z.output<typeof contract.RoutePlan>[];
}

interface Tables {
  rule_set: RuleSetTable;
  location_rule: LocationRuleTable;
  capacity: CapacityTable;
  capacity_claim: CapacityClaimTable;
  decision: DecisionTable;
}

export const routing = (tx: Tx) => openSchema<Tables>(tx, 'routing');
