// What the server sees of the shop: no TSX behind it, so the server's compiler needs no JSX.
import type { FastifyInstance } from 'fastify';
import type { ShopParts } from './parts.ts';

export type { Exchange, ShopActor, ShopCall, ShopParts } from './parts.ts';
/** Mounts the pages of the shop, its assets, sitemap and robots; leaves `/api`, `/v1` and `/media` to the house. */
export declare function shopPlugin(app: FastifyInstance, parts: ShopParts): Promise<void>;
