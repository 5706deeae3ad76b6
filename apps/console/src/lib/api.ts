import { QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type CallInput, createClient, type Endpoint, RefusedError, type ReplyOf, urlOf } from '@tongshang/contract';
import { useRef } from 'react';
import { rememberIntent } from './intent.ts';

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

/** What to ask by POST without changing anything (previews): the same body has the same answer. */
export function ask<E extends Endpoint>(endpoint: E, input: CallInput<E>) {
  return queryOptions<ReplyOf<E>>({
    queryKey: [keyOf(endpoint), JSON.stringify(input)],
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
