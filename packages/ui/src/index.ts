export * from './format/index.ts';
export * from './tokens.ts';
export * from './words/index.ts';
export * from './sentence/promotion-sentence.ts';
