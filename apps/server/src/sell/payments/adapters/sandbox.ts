import { createPrivateKey, createPublicKey, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Answer, Provider, ProviderReport } from '../provider.ts';

export interface SandboxSettings {
  /** Where the sandbox provider answers. */
  origin: string;
  /** Where it keeps its public key and the key it gave us; read when first needed. */
  keysDir: string;
  /** Where it reports to us. */
  notifyUrl: string;
}

const Envelope = z.object({ payload: z.string(), signature: z.string() });
const Refund = z.object({
  refundId: z.string().nullable(),
  providerRef: z.string(),
  amountFen: z.int(),
  state: z.enum(['processing', 'done', 'failed']),
  failure: z.string().nullable(),
});
const Standing = z.object({
  paymentId: z.uuid(),
  providerRef: z.string(),
  state: z.enum(['open', 'paid', 'declined']),
  paidFen: z.int(),
  refunds: z.array(Refund),
});
const Notice = z.object({ noticeId: z.string().min(1).max(100), payment: Standing });
const Reply = z.object({ nonce: z.string(), ok: z.boolean(), error: z.string().optional(), result: z.unknown() });

const timeoutMs = 8000;

/** Speaks to the sandbox provider as to a real one: JSON in signed envelopes (ECDSA with SHA-256), both ways. */
export function sandboxProvider(settings: SandboxSettings): Provider {
  const keys = lazyKeys(settings.keysDir);
  const ask = <T extends z.ZodType>(path: string, body: object, result: T) => call({ settings, keys }, { path, body, result });
  return {
    name: 'sandbox',
    createPayment: async ({ expiresAt, ...payment }) => {
      const body = { ...payment, expiresAt: expiresAt?.toISOString() ?? null, notifyUrl: settings.notifyUrl };
      return ask('/api/payments', body, z.object({ providerRef: z.string(), payUrl: z.url() }));
    },
    readNotice: (payload, signature) => {
      if (!isSigned(keys().provider, payload, signature)) return 'forged';
      const notice = Notice.safeParse(parseJson(payload));
      return notice.success ? { noticeId: notice.data.noticeId, report: reportOf(notice.data.payment) } : 'unreadable';
    },
    refund: (refund) => ask('/api/refunds', refund, z.object({ providerRef: z.string() })),
    query: async (paymentId) => {
      const answer = await ask('/api/payments/query', { paymentId }, z.object({ payment: Standing.nullable() }));
      if (answer.kind !== 'ok') return answer;
      return { kind: 'ok', report: answer.payment === null ? undefined : reportOf(answer.payment) };
    },
  };
}

interface Keys {
  provider: KeyObject;
  merchant: KeyObject;
}

/** The sandbox makes its keys when it first starts, perhaps after us. */
function lazyKeys(dir: string): () => Keys {
  let keys: Keys | undefined;
  return () =>
    (keys ??= {
      provider: createPublicKey(readFileSync(join(dir, 'provider-public.pem'))),
      merchant: createPrivateKey(readFileSync(join(dir, 'merchant-private.pem'))),
    });
}

async function call<T extends z.ZodType>(
  { settings, keys }: { settings: SandboxSettings; keys: () => Keys },
  { path, body, result }: { path: string; body: object; result: T },
): Promise<Answer<z.output<T> & object>> {
  const nonce = randomUUID();
  let response: Response;
  let envelope: z.output<typeof Envelope>;
  try {
    const payload = JSON.stringify({ ...body, nonce, sentAt: Date.now() });
    const signature = sign('sha256', Buffer.from(payload), keys().merchant).toString('base64');
    response = await fetch(settings.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payload, signature }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status >= 500 || response.status === 429) return { kind: 'retry', why: `answered ${response.status}` };
    envelope = Envelope.parse(await response.json());
  } catch (error) {
    return { kind: 'retry', why: error instanceof Error ? error.message : String(error) }; // unknown, not failed: ask again
  }
  if (!isSigned(keys().provider, envelope.payload, envelope.signature))
    return { kind: 'retry', why: 'answer is not signed by the provider' };
  const reply = Reply.safeParse(parseJson(envelope.payload));
  if (!reply.success || reply.data.nonce !== nonce) return { kind: 'retry', why: 'answer belongs to another question' };
  if (!reply.data.ok) return { kind: 'rejected', why: reply.data.error ?? 'rejected' };
  const parsed = result.safeParse(reply.data.result);
  if (!parsed.success) return { kind: 'retry', why: 'answer is not what was agreed' };
  return { kind: 'ok', ...(parsed.data as z.output<T> & object) };
}

function isSigned(key: KeyObject, payload: string, signature: string): boolean {
  return verify('sha256', Buffer.from(payload), key, Buffer.from(signature, 'base64'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reportOf({ paymentId, providerRef, state, paidFen, refunds }: z.output<typeof Standing>): ProviderReport {
  return {
    paymentId,
    providerRef,
    payment: state === 'paid' ? { kind: 'paid', amountFen: paidFen } : state === 'declined' ? { kind: 'declined' } : undefined,
    refunds: refunds
      .filter((refund) => refund.state !== 'processing')
      .map((refund) => ({
        refundId: refund.refundId ?? undefined,
        providerRef: refund.providerRef,
        amountFen: refund.amountFen,
        outcome: refund.state === 'done' ? ('done' as const) : { failure: refund.failure ?? 'failed' },
      })),
  };
}
