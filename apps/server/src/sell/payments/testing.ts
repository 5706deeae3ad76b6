import { createServer, type RequestListener } from 'node:http';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payments as contract } from '@tongshang/contract';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { aShopper, useWorld, type World } from '../../../test/world.ts';
import { sql } from 'kysely';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { answerProblems, bindRoutes } from '../../platform/http.ts';
import { startSandboxPay } from '../../sandbox-pay/server.ts';

export interface PayWorld extends World {
  /** Where the sandbox provider answers. */
  payOrigin: string;
  /** Where this house answers, as the sandbox provider sees it. */
  origin: string;
  keysDir: string;
  /** Who the HTTP calls of this world come from. */
  actor: { now: Actor };
  /** Shuts the house's ear: notices do not arrive. */
  deaf: { isDeaf: boolean };
}

/** A house with a running sandbox provider beside it, both reached over real HTTP. Its clock begins at the machine's time. */
export async function openPayWorld(): Promise<PayWorld> {
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const deaf = { isDeaf: false };
  const server = createServer((request, response) => (deaf.isDeaf ? response.writeHead(503).end() : listener(request, response)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keysDir = mkdtempSync(join(tmpdir(), 'tongshang-pay-'));
  const pay = await startSandboxPay({ port: 0, dir: keysDir, backoffFactor: 0.02 });

  const world = useWorld({ payOrigin: pay.origin, payKeysDir: keysDir, shopOrigin: origin });
  world.clock.set(new Date().toISOString());
  const actor = { now: aShopper() as Actor };
  beforeAll(async () => {
    const app = Fastify() as unknown as FastifyInstance;
    answerProblems(app);
    bindRoutes(app, world.house.routes, {
      db: world.db,
      clock: world.clock.now,
      actorOf: () => Promise.resolve(actor.now),
      origins: [],
    });
    await app.ready();
    listener = (request, response) => app.routing(request, response);
  });
  afterAll(async () => {
    await pay.stop();
    server.closeAllConnections();
    server.close();
    await rm(keysDir, { recursive: true, force: true });
  });
  return Object.assign(world, { payOrigin: pay.origin, origin, keysDir, actor, deaf });
}

export interface Told {
  paymentId: string;
  state?: 'open' | 'paid' | 'declined';
  paidFen?: number;
  noticeId?: string;
  refunds?: {
    refundId: string | null;
    providerRef: string;
    amountFen: number;
    state: 'processing' | 'done' | 'failed';
    failure: string | null;
  }[];
}

/** A notice as the sandbox provider would sign it. */
export function aNotice({ keysDir }: Pick<PayWorld, 'keysDir'>, { noticeId = randomUUID(), ...told }: Told) {
  const payment = { providerRef: `SP-${told.paymentId.slice(-6)}`, state: 'paid', paidFen: 0, refunds: [], ...told };
  const payload = JSON.stringify({ noticeId, payment });
  const key = createPrivateKey(readFileSync(join(keysDir, 'provider-private.pem')));
  return { payload, signature: sign('sha256', Buffer.from(payload), key).toString('base64') };
}

/** Delivers a notice to the house's own endpoint. */
export const deliver = (world: World, body: { payload: string; signature: string }) =>
  world.call(contract.receiveNotice, { params: { provider: 'sandbox' }, body }, aShopper());

/** The money of an order is there, without a provider. */
export const captureFor = (ctx: Ctx, orderId: string) =>
  run(
    ctx.tx,
    sql`update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = ${ctx.now} where order_id = ${orderId}`,
  );
