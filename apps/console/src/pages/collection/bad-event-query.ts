import { useMutation } from '@tanstack/react-query';
import { collection } from '@tongshang/contract';
import { q, useSend } from '../../lib/api.ts';
import { idsMax, inParts, type Replayed } from './outcomes.ts';

export const badEvent = (id = '') => q(collection.getBadEvent, { params: { id } });

const refreshed = [collection.listBadEvents, collection.getBadEvent];

/** Takes bad events in, however many; a request repeated after a failure takes none of them twice. */
export function useReplay() {
  const { mutateAsync } = useSend(collection.replayBadEvents, refreshed);
  return useMutation<Replayed[], Error, readonly string[]>({
    mutationFn: async (ids) => {
      const outcomes: Replayed[] = [];
      for (const part of inParts(ids, idsMax)) outcomes.push(...(await mutateAsync({ body: { ids: part } })).items);
      return outcomes;
    },
  });
}

/** Gives bad events up, however many; answers how many were open until then. */
export function useDiscard() {
  const { mutateAsync } = useSend(collection.discardBadEvents, refreshed);
  return useMutation<number, Error, { ids: readonly string[]; reason: string }>({
    mutationFn: async ({ ids, reason }) => {
      let discarded = 0;
      for (const part of inParts(ids, idsMax)) discarded += (await mutateAsync({ body: { ids: part, reason } })).discarded;
      return discarded;
    },
  });
}
