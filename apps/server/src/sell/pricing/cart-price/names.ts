// What is frozen on a line as the name of a reduction that no promotion gave; promotions bring their own names.
import type { Settled } from './run.ts';

export const ownNames: Readonly<Record<Extract<Settled['from'], string>, { name: string; nameEn: string }>> = {
  markdown: { name: '降价', nameEn: 'Mark-down' },
  member: { name: '会员价', nameEn: 'Member price' },
  points: { name: '积分抵扣', nameEn: 'Points' },
};
