export * from './language.ts';
export * from './money.ts';
export * from './number.ts';
export * from './parse.ts';
export * from './phone.ts';
export * from './time.ts';
