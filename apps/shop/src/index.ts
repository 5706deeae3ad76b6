export { shopPlugin } from './plugin.tsx';
export type { Exchange, ShopActor, ShopCall, ShopParts } from './parts.ts';
