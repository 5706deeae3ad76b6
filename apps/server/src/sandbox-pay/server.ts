import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import * as z from 'zod';
import { isFromMerchant, type Keys, keysIn, seal } from './keys.ts';
import { startSender } from './notices.ts';
import { donePage, missingPage, payPage } from './pay-page.ts';
import { act, acts, newRef, refund, standingOf } from './provider.ts';
import { openStorage, type Storage } from './storage.ts';
import { languageOf } from './words.ts';

export interface SandboxPaySettings {
  port: number;
  host?: string;
  /** Keys and payments are kept here; the merchant reads `provider-public.pem` and `merchant-private.pem`. */
  dir: string;
  /** Where browsers reach it; the listening address when absent. */
  origin?: string;
  /** Shortens the waits between tries of a notice, for tests. */
  backoffFactor?: number;
  /** What time it is; the machine's time when absent. */
  clock?: () => Date;
}

export interface SandboxPay {
  origin: string;
  /** Sends what is due now and what becomes due meanwhile; how many were sent since the start. A simulation calls it when it told the time. */
  settle: () => Promise<number>;
  stop: () => Promise<void>;
}

/** Starts a payment provider that behaves like a real one: signed interface, pay page, notices that come until they are heard. */
export async function startSandboxPay(settings: SandboxPaySettings): Promise<SandboxPay> {
  const keys = keysIn(settings.dir);
  const storage = openStorage(settings.dir);
  const now = () => (settings.clock?.() ?? new Date()).getTime();
  const sender = startSender(storage, keys, { now, backoffFactor: settings.backoffFactor ?? 1 });
  const app = Fastify({ logger: false, bodyLimit: 65_536, routerOptions: { maxParamLength: 200 } }) as unknown as FastifyInstance;
  await app.register(formbody);
  app.addHook('onSend', async (_request, reply) => {
    void reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action *; frame-ancestors 'none'",
    );
    void reply.header('cache-control', 'no-store');
  });
  const house = { keys, storage, now, wake: sender.wake, origin: () => settings.origin ?? address };
  bindMerchantApi(app, house);
  bindPayPage(app, house);
  app.get('/health/live', () => ({ ok: true }));
  const address = await app.listen({ port: settings.port, host: settings.host ?? '127.0.0.1' });
  return {
    origin: address,
    settle: sender.settle,
    stop: async () => {
      await app.close();
      await sender.stop();
      storage.close();
    },
  };
}

interface House {
  keys: Keys;
  storage: Storage;
  /** Milliseconds since 1970. */
  now: () => number;
  wake: () => void;
  origin: () => string;
}

const Envelope = z.object({ payload: z.string(), signature: z.string() });
const NewPayment = z.object({
  paymentId: z.uuid(),
  reference: z.string().min(1).max(64),
  amountFen: z.int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
  notifyUrl: z.url(),
  returnUrl: z.url(),
});
const AskedRefund = z.object({ refundId: z.uuid(), paymentId: z.uuid(), amountFen: z.int().min(1) });

/** What merchants call. Questions and answers are signed; an answer repeats the question's nonce. */
function bindMerchantApi(app: FastifyInstance, house: House): void {
  const { storage } = house;
  answer(app, house, '/api/payments', NewPayment, ({ paymentId, expiresAt, ...payment }) => {
    storage.addPayment({
      ...payment,
      ref: newRef('SP'),
      merchantId: paymentId,
      expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
    });
    const stored = storage.paymentBy('merchant_id', paymentId);
    if (stored?.amountFen !== payment.amountFen) return { error: 'payment.exists' };
    return { providerRef: stored.ref, payUrl: `${house.origin()}/pay/${stored.ref}` };
  });
  answer(app, house, '/api/payments/query', z.object({ paymentId: z.uuid() }), ({ paymentId }) => {
    const payment = storage.paymentBy('merchant_id', paymentId);
    return { payment: payment === undefined ? null : standingOf(storage, payment) };
  });
  answer(app, house, '/api/refunds', AskedRefund, (asked) => {
    const result = refund(storage, asked, house.now());
    house.wake();
    return result;
  });
}

function answer<T extends z.ZodType>(
  app: FastifyInstance,
  { keys }: House,
  path: string,
  schema: T,
  work: (asked: z.output<T>) => object,
): void {
  app.post(path, (request, reply) => {
    const envelope = Envelope.safeParse(request.body);
    if (!envelope.success || !isFromMerchant(keys, envelope.data)) return reply.status(401).send({ error: 'signature' });
    const content = JSON.parse(envelope.data.payload) as { nonce?: unknown };
    const asked = schema.safeParse(content);
    const result = asked.success
      ? work(asked.data)
      : { error: `request.invalid: ${asked.error.issues[0]?.path.join('.') ?? ''}` };
    const nonce = typeof content.nonce === 'string' ? content.nonce : '';
    return reply.send(seal(keys, 'error' in result ? { nonce, ok: false, error: result.error } : { nonce, ok: true, result }));
  });
}

/** What payers see. */
function bindPayPage(app: FastifyInstance, { storage, now, wake }: House): void {
  app.get<{ Params: { ref: string }; Querystring: { lang?: string } }>('/pay/:ref', (request, reply) => {
    const language = languageOf(request.query.lang);
    const payment = storage.paymentBy('ref', request.params.ref);
    void reply.type('text/html; charset=utf-8');
    if (payment === undefined) return reply.status(404).send(missingPage(language));
    return reply.send(payPage({ payment, language, now: now() }));
  });
  app.post<{ Params: { ref: string }; Querystring: { lang?: string } }>('/pay/:ref', (request, reply) => {
    const language = languageOf(request.query.lang);
    const payment = storage.paymentBy('ref', request.params.ref);
    const asked = z.object({ act: z.enum(acts) }).safeParse(request.body);
    void reply.type('text/html; charset=utf-8');
    if (payment === undefined) return reply.status(404).send(missingPage(language));
    const isOver = payment.expiresAt !== null && payment.expiresAt <= now();
    if (!asked.success || isOver) return reply.status(409).send(donePage({ payment, language }, 'already'));
    const outcome = act(storage, payment, asked.data.act, now());
    wake();
    if (outcome === 'done') return reply.redirect(payment.returnUrl, 303);
    return reply.status(outcome === 'scheduled' ? 200 : 409).send(donePage({ payment, language }, outcome));
  });
}
