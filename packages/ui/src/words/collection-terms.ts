import type { collection } from '@tongshang/contract';
import type { Status, Tone, Word } from './terms.ts';

// Behaviour events in both languages: one word a code, an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

export const badEventStates: Each<typeof collection.badEventStates, Status> = {
  open: status('attention', '待处理', 'Open'),
  replayed: status('done', '已重放', 'Replayed'),
  discarded: status('neutral', '已作废', 'Discarded'),
};

export const badEventReasons: Each<typeof collection.badReasons, Word> = {
  'event.not_an_object': word('不是一个 JSON 对象', 'Not a JSON object'),
  'event.too_large': word('超过 32 KB', 'Larger than 32 KB'),
  'event.unknown_type': word('类型不认识', 'Unknown type'),
  'event.no_visitor': word('没有访客编号', 'No visitor'),
  'event.no_name': word('没有事件名', 'No event name'),
  'event.bad_message_id': word('messageId 不合格', 'Bad messageId'),
  'event.bad_timestamp': word('时间不合格', 'Bad timestamp'),
  'event.bad_properties': word('属性不是一个对象', 'Properties are not an object'),
  'event.server_only': word('只能由服务器发送', 'Only a server may send it'),
  'event.off_plan': word('不符合埋点方案', 'Against the tracking plan'),
};

export const replayOutcomes = {
  replayed: status('good', '已收下', 'Taken in'),
  duplicate: status('done', '重复，早已收过', 'Duplicate, taken in before'),
  still_bad: status('bad', '仍不合格', 'Still bad'),
  settled: status('neutral', '早已处理', 'Settled before'),
} as const;

export const sourceKinds: Each<typeof collection.sourceKinds, Word> = {
  browser: word('浏览器', 'Browser'),
  server: word('服务器', 'Server'),
};

export const planTypes: Each<typeof collection.planTypes, Word> = {
  text: word('文字', 'Text'),
  number: word('数字', 'Number'),
  integer: word('整数', 'Whole number'),
  boolean: word('是或否', 'Yes or no'),
  list: word('列表', 'List'),
  object: word('对象', 'Object'),
  any: word('不限', 'Anything'),
};

export const planProblems: Each<typeof collection.planProblems, Word> = {
  unplanned: word('方案里没有这个事件', 'Event is not in the plan'),
  missing: word('缺少属性', 'Property is missing'),
  wrong_type: word('类型不符', 'Wrong type'),
};
