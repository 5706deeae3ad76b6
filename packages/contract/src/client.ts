import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from './endpoint.ts';
import type { ErrorCode, Problem } from './errors.ts';

export interface CallInput<E extends Endpoint> {
  params?: ParamsOf<E>;
  query?: QueryOf<E>;
  body?: BodyOf<E>;
  /** Keep it across retries of the same intent; without it every call gets a new one. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** A refusal as an exception: `code` is one of the closed list, `details` are data. */
export class RefusedError extends Error {
  readonly problem: Problem;
  get code(): ErrorCode {
    return this.problem.code;
  }
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export type Call = <E extends Endpoint>(endpoint: E, input?: CallInput<E>) => Promise<ReplyOf<E>>;

/** The path and query string of one call. */
export function urlOf<E extends Endpoint>(endpoint: E, { params, query }: CallInput<E> = {}): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') search.append(name, String(one));
  }
  return `/api${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

/** A typed client over `fetch`; throws RefusedError for a refusal. */
export function createClient(
  options: { origin?: string; fetch?: typeof fetch; headers?: () => Record<string, string> } = {},
): Call {
  const { origin = '', fetch: send = fetch, headers = () => ({}) } = options;
  return async (endpoint, input = {}) => {
    const isWrite = endpoint.method !== 'GET';
    const response = await send(origin + urlOf(endpoint, input), {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        ...(isWrite && { 'content-type': 'application/json' }),
        ...(endpoint.idempotent && { 'idempotency-key': input.idempotencyKey ?? crypto.randomUUID() }),
        ...headers(),
      },
      ...(isWrite && { body: JSON.stringify(input.body ?? {}) }),
      ...(input.signal && { signal: input.signal }),
    });
    const reply: unknown = response.status === 204 ? {} : await response.json();
    if (!response.ok) throw new RefusedError(reply as Problem);
    return endpoint.reply.parse(reply) as never;
  };
}
