import { QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type CallInput, createClient, type Endpoint, RefusedError, type ReplyOf, urlOf } from '@tongshang/contract';
import { useRef } from 'react';

const call = createClient();

/** Answers are fresh for half a minute; refusals are not asked again, a lost connection once. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => !(error instanceof RefusedError) && failures < 1,
      refetchIntervalInBackground: false,
    },
  },
});

const keyOf = (endpoint: Endpoint): string => `${endpoint.method} ${endpoint.path}`;

/** What to read: the query of one endpoint, for a loader and its component alike. Nobody writes a query key. */
export function q<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}) {
  return queryOptions<ReplyOf<E>>({
    queryKey: [keyOf(endpoint), urlOf(endpoint, input)],
    queryFn: ({ signal }) => call(endpoint, { ...input, signal }),
  });
}

/** What to write. A repeated send of the same content carries the same key until it has succeeded; then `refresh` is read anew. */
export function useSend<E extends Endpoint>(endpoint: E, refresh: readonly Endpoint[] = []) {
  const cache = useQueryClient();
  const intent = useRef(rememberIntent());
  return useMutation<ReplyOf<E>, Error, CallInput<E>>({
    mutationFn: (input) => call(endpoint, { ...input, idempotencyKey: intent.current.keyFor(input) }),
    onSuccess: async () => {
      intent.current.settled();
      await Promise.all(refresh.map((one) => cache.invalidateQueries({ queryKey: [keyOf(one)] })));
    },
  });
}

/** Reads everything anew that this endpoint has answered. */
export const forget = (endpoint: Endpoint): Promise<void> => client.invalidateQueries({ queryKey: [keyOf(endpoint)] });

/** One key per intent: the same content keeps its key over retries, other content or success starts a new one. */
export function rememberIntent(newKey: () => string = randomId) {
  let current: { content: string; key: string } | undefined;
  return {
    keyFor(input: unknown): string {
      const content = JSON.stringify(input);
      if (current?.content !== content) current = { content, key: newKey() };
      return current.key;
    },
    settled(): void {
      current = undefined;
    },
  };
}

/** A random UUID also where the page is not served over TLS, which is where `crypto.randomUUID` is missing. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
