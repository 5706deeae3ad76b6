export * from './client.ts';
export * from './endpoint.ts';
export * from './errors.ts';
export * from './permissions.ts';
export * from './values.ts';
export * as inventory from './inventory.ts';
