// One caller of the public API: a browser's cookies, a kept connection, refusals as exceptions.
import { Agent, request } from 'node:http';
import type { CallInput, Endpoint, ErrorCode, Problem, ReplyOf } from '../../packages/contract/src/index.ts';
import { RefusedError, urlOf } from '../../packages/contract/src/index.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Answer {
  status: number;
  body: string;
  location: string | undefined;
}

export interface Caller {
  /** Asks an operation of the contract. The answer is trusted to be what the contract says: the house checks it. */
  call: <E extends Endpoint>(endpoint: E, input?: CallInput<E>) => Promise<ReplyOf<E>>;
  /** Reads an operation whose answer is a file, to the end. */
  read: <E extends Endpoint>(endpoint: E, input?: CallInput<E>) => Promise<void>;
  /** Any other page, with the same cookies; redirects are not followed. */
  send: (method: string, url: string, form?: string) => Promise<Answer>;
  /** Signs in; throws when the house says no. */
  signIn: (path: string, body: object) => Promise<void>;
}

/**
 * Somebody with cookies of their own. `from`: the address at which the house's proxy saw them: people do not all live in one house, and
 * the house counts tries by address.
 */
export function createCaller(origin: string, from?: string): Caller {
  const cookies = new Map<string, string>();
  const send = (method: string, url: string, headers: Record<string, string>, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const options = {
        agent,
        method,
        headers: { ...headers, ...length, ...cookieHeader(cookies), ...(from !== undefined && { 'x-forwarded-for': from }) },
      };
      const sent = request(new URL(url, origin), options, (response) => {
        for (const cookie of response.headers['set-cookie'] ?? []) keep(cookies, cookie);
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, headers: given } = response;
          resolve({ status, body: Buffer.concat(parts).toString(), location: given.location });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const json = { 'content-type': 'application/json' };
  return {
    call: async (endpoint, input = {}) => {
      const isWrite = endpoint.method !== 'GET';
      const headers = {
        ...(isWrite && json),
        ...(endpoint.idempotent && { 'idempotency-key': input.idempotencyKey ?? crypto.randomUUID() }),
      };
      const answer = await send(
        endpoint.method,
        urlOf(endpoint, input),
        headers,
        isWrite ? JSON.stringify(input.body ?? {}) : undefined,
      );
      if (answer.status >= 400) throw refusal(answer, `${endpoint.method} ${endpoint.path}`);
      return JSON.parse(answer.body === '' ? '{}' : answer.body) as never;
    },
    read: async (endpoint, input = {}) => {
      const answer = await send(endpoint.method, urlOf(endpoint, input), {});
      if (answer.status >= 400) throw refusal(answer, `${endpoint.method} ${endpoint.path}`);
    },
    send: (method, url, form) =>
      send(method, url, form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }, form),
    signIn: async (path, body) => {
      const answer = await send('POST', path, { ...json, origin }, JSON.stringify(body));
      if (answer.status !== 200) throw refusal(answer, `POST ${path}`);
    },
  };
}

function refusal({ status, body }: Answer, what: string): Error {
  const problem = parse(body);
  if (problem === undefined || status >= 500) return new Error(`${what} answered ${status}: ${body.slice(0, 300)}`);
  return new RefusedError(problem);
}

function parse(body: string): Problem | undefined {
  try {
    const problem = JSON.parse(body) as Problem;
    return typeof problem.code === 'string' ? problem : undefined;
  } catch {
    return undefined;
  }
}

/** A refusal that the caller knows how to live with; anything else is thrown on. */
export async function unlessRefused<T>(work: Promise<T>, ...codes: ErrorCode[]): Promise<T | ErrorCode> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedError && codes.includes(error.code)) return error.code;
    throw error;
  }
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const at = pair.indexOf('=');
  cookies.set(pair.slice(0, at), pair.slice(at + 1));
}

const cookieHeader = (cookies: ReadonlyMap<string, string>): { cookie?: string } =>
  cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
