import * as z from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';

/** Who an operation is for: anybody, a shopper (guest or member), a signed-in member, or staff who hold one permission. */
export type Access = 'public' | 'shopper' | 'member' | { readonly permission: Permission };

export interface EndpointSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`, with `:name` segments that `params` describes. */
  path: `/${string}`;
  /** One line for the reference page. */
  summary: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  reply: R;
  /** Every refusal that this operation itself can give; 400, 401, 403 and 429 go without saying. */
  errors: readonly ErrorCode[];
  /** A POST that creates, or moves money or stock, needs an Idempotency-Key; its reply is stored and given again. */
  idempotent?: boolean;
}

export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> extends Required<EndpointSpec<P, Q, B, R>> {}

type Nothing = z.ZodObject<Record<never, never>>;
const nothing: Nothing = z.object({});

/** One operation as data: the server binds it, the clients call it, the OpenAPI document is printed from it. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(spec: EndpointSpec<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    params: nothing as unknown as P,
    query: nothing as unknown as Q,
    body: nothing as unknown as B,
    idempotent: false,
    ...spec,
  };
}

export type ParamsOf<E extends Endpoint> = z.input<E['params']>;
export type QueryOf<E extends Endpoint> = z.input<E['query']>;
export type BodyOf<E extends Endpoint> = z.input<E['body']>;
export type ReplyOf<E extends Endpoint> = z.output<E['reply']>;
