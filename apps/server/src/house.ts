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
import { cartRoutes } from './sell/cart/routes.ts';
import { expireOrders, expireOrdersJob } from './sell/orders/expire-orders.ts';
import { orderReactions } from './sell/orders/reactions.ts';
import { orderRoutes } from './sell/orders/routes.ts';
import { sandboxProvider } from './sell/payments/adapters/sandbox.ts';
import { checkPayments, checkPaymentsJob } from './sell/payments/check-payments.ts';
import { paymentRoutes } from './sell/payments/routes.ts';
import { sendRefundJob } from './sell/payments/send-refund.ts';
import { pricingRoutes } from './sell/pricing/routes.ts';
import { returnRoutes } from './sell/returns/routes.ts';
import { inventoryRoutes } from './supply/inventory/routes.ts';
import { purchasingRoutes } from './supply/purchasing/routes.ts';

/** What varies between a laptop, a test and a cluster. Modules are told; they never read the environment. */
export interface Config {
  shopOrigin: string;
  consoleOrigin: string;
  payOrigin: string;
  /** Where the sandbox payment provider keeps the keys it hands to merchants. */
  payKeysDir?: string;
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
  const notifyUrl = `${config.shopOrigin}/api/payments/notices/sandbox`;
  const sandbox = sandboxProvider({ origin: config.payOrigin, keysDir: config.payKeysDir ?? '', notifyUrl });
  const providers = { [sandbox.name]: sandbox };
  return {
    routes: [
      ...identityRoutes({ ...config, sms: config.isDemo ? sandboxSms : undefined }),
      ...catalogRoutes,
      ...customerRoutes,
      ...pricingRoutes,
      ...paymentRoutes({ providers, shopOrigin: config.shopOrigin }),
      ...orderRoutes({ provider: sandbox.name }),
      ...returnRoutes,
      ...cartRoutes({ secret: config.secret, provider: sandbox.name }),
      ...operationsRoutes,
      ...inventoryRoutes,
      ...purchasingRoutes,
    ],
    reactions: [...orderReactions],
    jobs: [expireOrdersJob, sendRefundJob({ providers }), checkPaymentsJob({ providers }), tidyJob],
    schedules: [every('* * * * *', expireOrders), every('*/2 * * * *', checkPayments), every('10 19 * * *', tidy)],
  };
}
