import type { CallInput, Endpoint, ReplyOf } from '@tongshang/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Who asks; the shop hands it on and reads only whether a member is signed in. */
export interface ShopActor {
  kind: string;
  /** Set for a member. */
  customerId?: string | undefined;
  name: string;
}

export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/**
 * Runs an operation of the contract in this process. `actor` undefined is an anonymous guest without a cookie (public
 * pages); `raw` lets an operation set cookies. A refusal is thrown as an error with `code` and `details`.
 */
export type ShopCall = <E extends Endpoint>(
  who: { actor: ShopActor | undefined; raw?: Exchange },
  endpoint: E,
  input?: CallInput<E>,
) => Promise<ReplyOf<E>>;

/** What the house gives the shop. */
export interface ShopParts {
  call: ShopCall;
  /** Who sends this request, from its cookies; gives a new guest a visitor cookie. */
  actorOf: (request: FastifyRequest, reply: FastifyReply) => Promise<ShopActor>;
  /** Where the shop is reached, without a slash at the end: canonical links, sitemap and return addresses begin with it. */
  origin: string;
  clock: () => Date;
  /** Signs the small messages that survive a redirect. */
  secret: string;
  /** Name of the house on signs and papers. */
  brand?: { name: string; nameEn: string };
  /** Write key for behaviour events; without it the pages send none. */
  writeKey?: string;
}
