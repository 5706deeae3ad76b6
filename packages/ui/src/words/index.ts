export * from './actors.ts';
export * from './errors.ts';
export * from './promotion-terms.ts';
export * from './rights.ts';
export * from './terms.ts';
