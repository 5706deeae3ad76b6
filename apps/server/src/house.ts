// The only place that knows everybody: it gathers what each module offers and gives jobs the outside world.
import { catalogRoutes } from './base/catalog/routes.ts';
import { customerRoutes } from './base/customers/routes.ts';
import { sandboxSms } from './base/identity/adapters/sandbox-sms.ts';
import { identityRoutes } from './base/identity/routes.ts';
import { operationsRoutes } from './base/operations/routes.ts';
import { tidy, tidyJob } from './base/operations/tidy.ts';
import type { Reaction } from './platform/events.ts';
import { every, type Job, type Schedule } from './platform/jobs.ts';
import type { Route } from './platform/route.ts';
import { pricingRoutes } from './sell/pricing/routes.ts';
import { inventoryRoutes } from './supply/inventory/routes.ts';
import { purchasingRoutes } from './supply/purchasing/routes.ts';

/** What varies between a laptop, a test and a cluster. Modules are told; they never read the environment. */
export interface Config {
  shopOrigin: string;
  consoleOrigin: string;
  payOrigin: string;
  isDemo: boolean;
  secret: string;
  clickhouseUrl: string;
}

export interface House {
  routes: readonly Route[];
  reactions: readonly Reaction[];
  jobs: readonly Job[];
  schedules: readonly Schedule[];
}

export function buildHouse(config: Config): House {
  return {
    routes: [
      ...identityRoutes({ ...config, sms: config.isDemo ? sandboxSms : undefined }),
      ...catalogRoutes,
      ...customerRoutes,
      ...pricingRoutes,
      ...operationsRoutes,
      ...inventoryRoutes,
      ...purchasingRoutes,
    ],
    reactions: [],
    jobs: [tidyJob],
    schedules: [every('10 19 * * *', tidy)],
  };
}
