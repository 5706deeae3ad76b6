// A child of vendure.ts, started in a folder where Vendure is installed: bootstraps the server on an empty database, fills it with a small
// assortment, and says when it can be bought from. Settings are Vendure's own defaults; what differs is said beside it.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What we touch of a package that is not one of ours. */
interface Vendure {
  bootstrap: (config: object) => Promise<App>;
  dummyPaymentHandler: object;
  DefaultLogger: new (options: object) => object;
  LogLevel: { Error: number };
  JobQueueService: object;
  Populator: object;
  Importer: object;
  RequestContextService: object;
  TransactionalConnection: object;
}
interface App {
  get: (token: object) => never;
}
interface Reply {
  subscribe: (observer: { complete: () => void; error: (error: unknown) => void }) => void;
}

export interface VendureReady {
  variantIds: string[];
  shippingMethodId: string;
}

const load = createRequire(join(process.cwd(), 'package.json'));
const vendure = load('@vendure/core') as Vendure;
const port = Number(process.env['PEER_PORT']);
const products = 100;

const config = {
  apiOptions: { hostname: '127.0.0.1', port },
  authOptions: {
    tokenMethod: ['bearer'],
    requireVerification: false,
    superadminCredentials: { identifier: randomUUID(), password: randomUUID() }, // nobody signs in
  },
  dbConnectionOptions: {
    type: 'postgres',
    url: process.env['PEER_DATABASE_URL'],
    synchronize: true,
    logging: false,
    poolSize: 50, // of its own it takes 10, which 64 callers would queue for
  },
  logger: new vendure.DefaultLogger({ level: vendure.LogLevel.Error }),
  paymentOptions: { paymentMethodHandlers: [vendure.dummyPaymentHandler] },
  plugins: [],
};

const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Asia',
  countries: [{ name: 'China', code: 'CN', zone: 'Asia' }],
  taxRates: [{ name: 'Standard Tax', percentage: 13 }],
  shippingMethods: [{ name: 'Standard Shipping', price: 800 }],
  paymentMethods: [
    { name: 'dummy', handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] } },
  ],
  collections: [],
};

const app = await vendure.bootstrap(config);
await (app.get(vendure.JobQueueService) as { start: () => Promise<void> }).start();
await (app.get(vendure.Populator) as { populateInitialData: (data: object) => Promise<void> }).populateInitialData(initialData);
await importProducts();
process.send?.(await ready());
process.on('disconnect', () => process.exit(0));

/** A hundred products of one variant, each with a million units that orders take from. */
async function importProducts(): Promise<void> {
  const head =
    'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets';
  const rows = Array.from(
    { length: products },
    (_, n) => `Product ${n},product-${n},A thing worth having,,,,,SKU-${n},${(20 + n).toFixed(2)},Standard Tax,1000000,true,,`,
  );
  const contexts = app.get(vendure.RequestContextService) as { create: (options: object) => Promise<object> };
  const context = await contexts.create({ apiType: 'admin', languageCode: 'en' });
  const importer = app.get(vendure.Importer) as { parseAndImport: (csv: string, context: object, progress: boolean) => Reply };
  await new Promise<void>((complete, error) => {
    importer.parseAndImport([head, ...rows].join('\n'), context, false).subscribe({ complete, error });
  });
}

async function ready(): Promise<VendureReady> {
  const { rawConnection } = app.get(vendure.TransactionalConnection) as {
    rawConnection: { query: (sql: string) => Promise<{ id: number }[]> };
  };
  const variants = await rawConnection.query('select id from product_variant order by id');
  const [method] = await rawConnection.query('select id from shipping_method order by id limit 1');
  return { variantIds: variants.map(({ id }) => String(id)), shippingMethodId: String(method?.id) };
}
