// The only place that knows everybody: it gathers what each module offers and gives jobs the outside world.
import { catalogRoutes } from './base/catalog/routes.ts';
import { customerRoutes } from './base/customers/routes.ts';
import { sandboxCodeMail } from './base/identity/adapters/sandbox-code-mail.ts';
import { sandboxSms } from './base/identity/adapters/sandbox-sms.ts';
import { smtpCodeMail } from './base/identity/adapters/smtp-code-mail.ts';
import { identityRoutes } from './base/identity/routes.ts';
import { expirePointsJob, expirePointsType } from './base/membership/expire-points.ts';
import { membershipRoutes } from './base/membership/routes.ts';
import { operationsRoutes } from './base/operations/routes.ts';
import { tidy, tidyJob } from './base/operations/tidy.ts';
import { viewRoutes } from './base/views/routes.ts';
import { boardRoutes } from './know/boards/routes.ts';
import { scheduleJobs, scheduleSchedules } from './know/boards/schedule/jobs.ts';
import { houseFigures } from './know/boards/schedule/read-figures.ts';
import { scheduleRoutes } from './know/boards/schedule/routes.ts';
import { preparePartitions, preparePartitionsJob } from './know/collection/prepare-partitions.ts';
import { collectionRoutes } from './know/collection/routes.ts';
import { exploreRoutes } from './know/explore/routes.ts';
import { importRoutes } from './know/imports/routes.ts';
import { runImportJob } from './know/imports/run-import.ts';
import { metricRoutes } from './know/metrics/routes.ts';
import { insightRoutes } from './know/insight/routes.ts';
import { observationRoutes } from './know/observations/routes.ts';
import { type Analytics, openAnalytics } from './know/stream/index.ts';
import { askHourly, askHourlyJob } from './know/stream/reconciliation/job.ts';
import { streamRoutes } from './know/stream/routes.ts';
import type { Reaction } from './platform/events.ts';
import { every, type Job, type Schedule } from './platform/jobs.ts';
import { type MailSettings, openMailer } from './platform/mail.ts';
import type { Route } from './platform/route.ts';
import { endHolds, endHoldsJob } from './sell/cart/hold-cart.ts';
import { cartRoutes } from './sell/cart/routes.ts';
import { actInBulkJob } from './sell/orders/bulk/run-bulk.ts';
import { expireOrders, expireOrdersJob } from './sell/orders/expire-orders.ts';
import { pastOrders } from './sell/orders/past-orders.ts';
import { orderReactions } from './sell/orders/reactions.ts';
import { orderRoutes } from './sell/orders/routes.ts';
import { resumeOrders, resumeOrdersJob } from './sell/orders/sending/resume-orders.ts';
import { sandboxProvider } from './sell/payments/adapters/sandbox.ts';
import { checkPayments, checkPaymentsJob } from './sell/payments/check-payments.ts';
import { paymentRoutes } from './sell/payments/routes.ts';
import { sendRefundJob } from './sell/payments/send-refund.ts';
import { pricingRoutes } from './sell/pricing/routes.ts';
import { makeCodesJob } from './sell/promotions/coupon/make-codes.ts';
import { promotionRoutes } from './sell/promotions/routes.ts';
import { storefrontReactions } from './sell/storefront/reactions.ts';
import { refreshAllCards, refreshAllCardsJob } from './sell/storefront/refresh-cards.ts';
import { makeRepriceCardsJob, repriceCards } from './sell/storefront/reprice-cards.ts';
import { storefrontRoutes } from './sell/storefront/routes.ts';
import { recallRoutes } from './sell/recalls/routes.ts';
import { returnRoutes } from './sell/returns/routes.ts';
import { playbookJobs } from './steer/playbooks/jobs.ts';
import { playbookReactions } from './steer/playbooks/reactions.ts';
import { playbookRoutes } from './steer/playbooks/routes.ts';
import { tendDecisions } from './steer/playbooks/decision/tend-decisions.ts';
import { targetRoutes } from './steer/targets/routes.ts';
import { evaluateRules, evaluateRulesJob } from './steer/warnings/evaluate-rules.ts';
import { warningRoutes } from './steer/warnings/routes.ts';
import { checkStock, checkStockJob } from './supply/inventory/drift/check-drift.ts';
import { sandboxCarrier } from './supply/delivery/adapters/sandbox-carrier.ts';
import { findLate, findLateJob } from './supply/delivery/find-late.ts';
import { moveSandboxParcels, moveSandboxParcelsJob } from './supply/delivery/move-sandbox-parcels.ts';
import { deliveryRoutes } from './supply/delivery/routes.ts';
import { inventoryReactions } from './supply/inventory/reactions.ts';
import { inventoryRoutes } from './supply/inventory/routes.ts';
import { purchasingRoutes } from './supply/purchasing/routes.ts';
import { routingRoutes } from './supply/routing/routes.ts';
import { lapsePickups, lapsePickupsJob } from './supply/warehouse/collect-pickup.ts';
import { warehouseReactions } from './supply/warehouse/reactions.ts';
import { warehouseRoutes } from './supply/warehouse/routes.ts';

/** What varies between a laptop, a test and a cluster. Modules are told; they never read the environment. */
export interface Config {
  shopOrigin: string;
  consoleOrigin: string;
  payOrigin: string;
  /** Where the sandbox payment provider keeps the keys it hands to merchants. */
  payKeysDir?: string;
  isDemo: boolean;
  /** Who plays the sandbox's carriers: this house, or whoever simulates it; as `isDemo` when absent. */
  playsCarriers?: boolean;
  secret: string;
  clickhouseUrl: string;
  /** Where mail leaves the house; absent: it cannot, and screens say how to set it. */
  mail?: MailSettings | undefined;
  /** How long a public shop page may be given again before it is made anew, milliseconds; 2,000 when absent. */
  shopKeepMs?: number;
}

export interface House {
  routes: readonly Route[];
  reactions: readonly Reaction[];
  jobs: readonly Job[];
  schedules: readonly Schedule[];
  /** ClickHouse, opened when first asked; the worker's stream fills it. */
  analytics: Analytics;
}

export function buildHouse(config: Config): House {
  const notifyUrl = `${config.shopOrigin}/api/payments/notices/sandbox`;
  const sandbox = sandboxProvider({ origin: config.payOrigin, keysDir: config.payKeysDir ?? '', notifyUrl });
  const providers = { [sandbox.name]: sandbox };
  const analytics = openAnalytics(config.clickhouseUrl);
  const mailer = config.mail && openMailer(config.mail);
  const codeMail = mailer ? smtpCodeMail(mailer) : config.isDemo ? sandboxCodeMail : undefined;
  return {
    routes: [
      ...identityRoutes({ ...config, sms: config.isDemo ? sandboxSms : undefined }),
      ...catalogRoutes,
      ...customerRoutes({ ...config, codeMail }),
      ...membershipRoutes,
      ...pricingRoutes,
      ...promotionRoutes({ pastOrders, keepMs: config.shopKeepMs ?? 2000 }),
      ...storefrontRoutes({ keepMs: config.shopKeepMs ?? 2000 }),
      ...paymentRoutes({ providers, shopOrigin: config.shopOrigin }),
      ...orderRoutes({ provider: sandbox.name, secret: config.secret, shopOrigin: config.shopOrigin }),
      ...returnRoutes,
      ...recallRoutes,
      ...cartRoutes({ secret: config.secret, provider: sandbox.name }),
      ...operationsRoutes,
      ...viewRoutes,
      ...inventoryRoutes,
      ...deliveryRoutes(config),
      ...warehouseRoutes,
      ...routingRoutes,
      ...purchasingRoutes,
      ...collectionRoutes,
      ...streamRoutes,
      ...importRoutes,
      ...observationRoutes,
      ...metricRoutes({ analytics }),
      ...exploreRoutes({ analytics }),
      ...insightRoutes({ analytics }),
      ...boardRoutes({ analytics }),
      ...scheduleRoutes({ canSend: mailer !== undefined }),
      ...targetRoutes({ analytics }),
      ...warningRoutes({ analytics }),
      ...playbookRoutes({ analytics }),
    ],
    reactions: [...inventoryReactions, ...storefrontReactions, ...warehouseReactions, ...orderReactions, ...playbookReactions],
    jobs: [
      refreshAllCardsJob,
      makeRepriceCardsJob(),
      endHoldsJob,
      makeCodesJob,
      expirePointsJob,
      expireOrdersJob,
      actInBulkJob,
      resumeOrdersJob,
      sendRefundJob({ providers }),
      checkPaymentsJob({ providers }),
      preparePartitionsJob,
      askHourlyJob,
      tidyJob,
      runImportJob,
      findLateJob,
      moveSandboxParcelsJob({ post: sandboxCarrier({ origin: config.shopOrigin, secret: config.secret }) }),
      lapsePickupsJob,
      checkStockJob,
      evaluateRulesJob({ analytics }),
      ...playbookJobs({ analytics }),
      ...scheduleJobs({ openFigures: houseFigures(analytics), mailer, consoleOrigin: config.consoleOrigin }),
    ],
    schedules: schedulesOf(config),
    analytics,
  };
}

/** What runs by the clock, in UTC. */
const schedulesOf = (config: Config): readonly Schedule[] => [
  every('* * * * *', repriceCards),
  every('43 19 * * *', refreshAllCards), // 03:43 in the business zone
  every('* * * * *', endHolds),
  every('5 16 * * *', expirePointsType), // 00:05 in the business zone
  every('* * * * *', expireOrders),
  every('* * * * *', resumeOrders),
  every('* * * * *', evaluateRules),
  every('* * * * *', tendDecisions),
  every('*/2 * * * *', checkPayments),
  every('*/10 * * * *', findLate),
  ...((config.playsCarriers ?? config.isDemo) ? [every('* * * * *', moveSandboxParcels)] : []),
  every('*/10 * * * *', lapsePickups),
  every('20 18 * * *', preparePartitions),
  every('0 * * * *', askHourly),
  every('10 19 * * *', tidy),
  every('25 18 * * *', checkStock), // 02:25 in the business zone
  ...scheduleSchedules,
];
