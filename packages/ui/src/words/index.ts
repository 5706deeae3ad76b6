export * from './actors.ts';
export * from './errors.ts';
export * from './lot-terms.ts';
export * from './promotion-terms.ts';
export * from './rights.ts';
export * from './stock-terms.ts';
export * from './supply-terms.ts';
export * from './terms.ts';
