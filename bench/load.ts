import { Agent, request } from 'node:http';

export interface Outcome {
  perSecond: number;
  p50Ms: number;
  p95Ms?: number;
  p99Ms: number;
  count: number;
  errors: number;
}

/** Thrown by a caller that has nothing more to do: no error, no success. */
export class Over extends Error {}

/** So many callers, each starts anew when it is done, for so many seconds (bounded): what users who wait for their answer are like. */
export async function closedLoop(callers: number, seconds: number, work: (caller: number) => Promise<void>): Promise<Outcome> {
  const times: number[] = [];
  let errors = 0;
  const begun = performance.now();
  const end = begun + Math.min(seconds, 60) * 1000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < end) {
        const start = performance.now();
        try {
          await work(caller);
          times.push(performance.now() - start);
        } catch (error) {
          if (error instanceof Over) return;
          errors += 1;
          if (errors === 1) console.error('  first error:', error instanceof Error ? error.message : error);
          if (errors > 1000) return;
        }
      }
    }),
  );
  const elapsed = (performance.now() - begun) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: times.length / elapsed, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), count: times.length, errors };
}

export interface Answer {
  status: number;
  body: string;
  cookies: string[];
}

/** One HTTP caller with kept connections; no cookie jar, no redirects. */
export function createCaller(origin: string) {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  return (method: string, path: string, options: { body?: string; headers?: Record<string, string> } = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { body, headers } = options;
      const sent = request(
        {
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            ...headers,
            ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const cookies = (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), cookies });
          });
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

export type Caller = ReturnType<typeof createCaller>;

/** Fails the measured call when the answer is not the one expected: an error is never a fast success. */
export function expectStatus(answer: Answer, ...statuses: number[]): Answer {
  if (!statuses.includes(answer.status)) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer;
}
