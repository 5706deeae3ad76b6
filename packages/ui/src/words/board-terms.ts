// Words of boards and annotations.
import type { boards } from '@tongshang/contract';
import type { Word } from './terms.ts';

type Each<Codes extends string> = Readonly<Record<Codes, Word>>;
const word = (zh: string, en: string): Word => ({ zh, en });

export const annotationKindWords: Each<boards.Annotation['kind']> = {
  campaign: word('活动', 'Campaign'),
  outage: word('故障', 'Outage'),
  holiday: word('节日', 'Holiday'),
  note: word('备注', 'Note'),
};

export const annotationSourceWords: Each<boards.Annotation['source']> = {
  hand: word('手工', 'By hand'),
  calendar: word('日历', 'Calendar'),
  promotions: word('促销', 'Promotions'),
  stream: word('数据流', 'Data stream'),
};
