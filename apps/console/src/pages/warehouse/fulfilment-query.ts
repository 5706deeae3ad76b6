import { RefusedError, type ReplyOf, warehouse } from '@tongshang/contract';
import { client, forget, q } from '../../lib/api.ts';

export type Fulfilment = ReplyOf<typeof warehouse.getFulfilment>;

export const fulfilmentOf = (fulfilmentId = '') => q(warehouse.getFulfilment, { params: { fulfilmentId } });

/** Lists that an act on one fulfilment makes old. */
export const listsOfWork = [
  warehouse.listFulfilments,
  warehouse.countFulfilments,
  warehouse.getWork,
  warehouse.listPickLists,
  warehouse.getPickList,
] as const;

/** What an act answered is what the page shows, without asking again. */
export function keepAnswer(fulfilment: Fulfilment): void {
  client.setQueryData(fulfilmentOf(fulfilment.id).queryKey, fulfilment);
  void Promise.all(listsOfWork.map(forget));
}

/** Whether the screen was older than the work itself. */
const isStale = (error: unknown): boolean => error instanceof RefusedError && error.code === 'fulfilment.wrong_state';

/** After such a refusal the work is read anew, so that the next step is chosen by what is true. */
export function showAsIs(error: unknown): void {
  if (isStale(error)) void Promise.all([warehouse.getFulfilment, ...listsOfWork].map(forget));
}
