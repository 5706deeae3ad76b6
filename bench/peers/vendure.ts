// A peer on the same machine, the same PostgreSQL and the same shopping list: Vendure, as npm serves it.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { closedLoop, type Outcome } from '../load.ts';
import type { VendureReady } from './vendure-server.ts';

/** Exact, so that two runs measure the same thing. */
const packages = { '@vendure/core': '3.7.2', pg: '8.23.1' };
const installMs = 150_000;
const openMs = 90_000;

export interface VendurePeer {
  /** Our own PostgreSQL server: the peer gets a database of its own there, dropped afterwards. */
  databaseUrl: string;
  seconds: number;
  callers: number;
  /** Our orders a second on the same list, to print the ratio beside it. */
  ours?: number;
}

/**
 * Installs Vendure in a temporary folder, opens it in production mode on an empty database, and lets so many callers buy three SKUs
 * each: three cart lines, customer, address, shipping method, payment, until `PaymentSettled`. Fewer callers when it errs with all of them.
 * Ends what it started and leaves nothing behind; at most six minutes.
 */
export async function runVendurePeer({
  databaseUrl,
  seconds,
  callers,
  ours,
}: VendurePeer): Promise<Outcome & { callers: number }> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-peer-'));
  const database = `peer_${randomUUID().replaceAll('-', '')}`;
  await administer(databaseUrl, `create database ${database}`);
  let server: ChildProcess | undefined;
  try {
    await install(dir);
    const port = await freePort();
    const url = new URL(databaseUrl);
    url.pathname = `/${database}`;
    server = begin(dir, port, url.href);
    const shop = await whenReady(server);
    const address = `http://127.0.0.1:${port}/shop-api`;
    await buy(address, shop); // warm
    for (let some = callers; ; some = Math.ceil(some / 4)) {
      const outcome = await closedLoop(some, Math.min(seconds, 30), () => buy(address, shop));
      if (outcome.errors > 0 && some > 1) continue;
      const ratio = ours === undefined ? '' : `; ours is ${(ours / outcome.perSecond).toFixed(0)} times that`;
      console.log(
        `  Vendure ${packages['@vendure/core']}, ${some} callers: ${outcome.perSecond.toFixed(1)} orders/s, p50 ${outcome.p50Ms.toFixed(0)} ms, p99 ${outcome.p99Ms.toFixed(0)} ms, ${outcome.errors} errors${ratio}`,
      );
      return { ...outcome, callers: some };
    }
  } finally {
    if (server !== undefined) await end(server);
    await administer(databaseUrl, `drop database if exists ${database} with (force)`);
    await rm(dir, { recursive: true, force: true });
  }
}

async function install(dir: string): Promise<void> {
  await writeFile(join(dir, 'package.json'), JSON.stringify({ name: 'peer', private: true, dependencies: packages }));
  const options = ['install', '--no-audit', '--no-fund', '--omit=dev', '--ignore-scripts', '--loglevel=error'];
  const child = spawn('npm', options, { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), installMs);
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  clearTimeout(limit);
  if (code !== 0) throw new Error(`npm install of the peer ended with ${String(code)}`);
}

const begin = (cwd: string, port: number, url: string): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, 'vendure-server.ts')], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', PEER_PORT: String(port), PEER_DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

function whenReady(server: ChildProcess): Promise<VendureReady> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('the peer did not open in time')), openMs);
    server.once('message', (shop) => {
      clearTimeout(limit);
      resolve(shop as VendureReady);
    });
    server.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`the peer ended with ${String(code)}`));
    });
  });
}

/** One guest's order over the shop API, in the steps that Vendure's own storefront takes. */
async function buy(address: string, { variantIds, shippingMethodId }: VendureReady): Promise<void> {
  let token = '';
  const ask = async (query: string): Promise<Record<string, Result>> => {
    const headers = { 'content-type': 'application/json', ...(token !== '' && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ query }) });
    token = answer.headers.get('vendure-auth-token') ?? token;
    const body = await answer.text();
    const { data, errors } = JSON.parse(body) as { data?: Record<string, Result>; errors?: unknown };
    const refused = Object.values(data ?? {}).find((result) => result?.errorCode !== undefined);
    if (data === undefined || errors !== undefined || refused !== undefined) throw new Error(body.slice(0, 300));
    return data;
  };
  const first = Math.floor(Math.random() * (variantIds.length - 2));
  for (const id of variantIds.slice(first, first + 3))
    await ask(`mutation { addItemToOrder(productVariantId: "${id}", quantity: 1) { ${orderOrError} } }`);
  const mail = `${randomUUID()}@example.com`;
  await ask(
    `mutation { setCustomerForOrder(input: { firstName: "Wang", lastName: "Ceshi", emailAddress: "${mail}" }) { ${orderOrError} } }`,
  );
  await ask(`mutation { setOrderShippingAddress(input: { fullName: "Wang Ceshi", streetLine1: "100 Wenyi Road", city: "Hangzhou",
    province: "Zhejiang", postalCode: "310000", countryCode: "CN", phoneNumber: "13800138000" }) { ${orderOrError} } }`);
  await ask(`mutation { setOrderShippingMethod(shippingMethodId: ["${shippingMethodId}"]) { ${orderOrError} } }`);
  await ask(`mutation { transitionOrderToState(state: "ArrangingPayment") { ${orderOrError} } }`);
  const paid = await ask(`mutation { addPaymentToOrder(input: { method: "dummy", metadata: {} }) { ${orderOrError} } }`);
  if (paid['addPaymentToOrder']?.state !== 'PaymentSettled') throw new Error(JSON.stringify(paid));
}

type Result = { errorCode?: string; state?: string } | null;
const orderOrError = '__typename ... on Order { id state totalWithTax } ... on ErrorResult { errorCode message }';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const limit = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
