import type { English } from '../keys.ts';

export const words: English<'sell'> = {};
