import type { ErrorCode } from '@tongshang/contract';

/** Refusals of boards, saved questions and annotations: part of `errorWords`. */
export const boardErrors = {
  'board.not_found': {
    zh: '没有这块看板。可能已删除，或不再共享',
    en: 'There is no such board. It may have been deleted or is no longer shared',
  },
  'board.changed': {
    zh: '这块看板刚被改过[（{byName}）]，您的改动还没有保存。打开最新的一版再改，或把您的另存为一块新看板',
    en: 'This board has just been changed[ by {byName}]; your changes are not saved. Open the latest one and change it, or save yours as a new board',
  },
  'board.too_many': {
    zh: '自己的看板最多 {max} 块。先删掉不用的',
    en: 'You may keep {max} boards of your own. Delete one you no longer use',
  },
  'board.of_the_house': {
    zh: '这是系统自带的看板，不能改。复制一块再改',
    en: 'This board ships with the house and cannot be changed. Copy it, then change the copy',
  },
  'board.full': {
    zh: '一块看板最多 {max} 块内容。先移走不用的，或另建一块',
    en: 'A board holds {max} tiles. Take one away, or make another board',
  },
  'question.not_found': {
    zh: '没有这个已存的问题。可能已删除，或不再共享',
    en: 'There is no such saved question. It may have been deleted or is no longer shared',
  },
  'question.changed': {
    zh: '有人刚改过这个问题，您的改动还没有保存。看过最新的再改，或另存一个',
    en: 'Somebody has just changed this question; yours is not saved. Look at the latest one, or save yours under a new name',
  },
  'question.too_many': {
    zh: '自己存的问题最多 {max} 个。先删掉不用的',
    en: 'You may keep {max} saved questions. Delete one you no longer use',
  },
  'annotation.not_found': { zh: '没有这条标注', en: 'There is no such annotation' },
  'annotation.changed': {
    zh: '有人刚改过这条标注。看过最新的再改',
    en: 'Somebody has just changed this annotation. Look at it again, then change it',
  },
  'annotation.period_invalid': {
    zh: '标注的日期不对：先开始后结束，最长 {daysMax} 天',
    en: 'The dates are wrong: first the start, then the end, {daysMax} days at most',
  },
} as const satisfies Partial<Readonly<Record<ErrorCode, { readonly zh: string; readonly en: string }>>>;
