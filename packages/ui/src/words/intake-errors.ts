import type { ErrorCode } from '@tongshang/contract';

/** Refusals of what comes in from outside, files and events: part of `errorWords`. */
export const intakeErrors = {
  'import.not_found': { zh: '没有这次导入', en: 'There is no such import' },
  'import.wrong_state': {
    zh: '这次导入现在的状态不能这样做。刷新后再看',
    en: 'The import is in a state that does not allow this. Refresh and look again',
  },
  'import.unreadable': {
    zh: '文件读不出来。请存成 CSV 或 XLSX 再传',
    en: 'The file cannot be read. Save it as CSV or XLSX and upload it again',
  },
  'import.mapping_incomplete': {
    zh: '还有必需的列没有对应[：{fields}]。请补上',
    en: 'Some required columns are not mapped[: {fields}]. Map them first',
  },
  'observation.not_found': { zh: '没有这条外部数据', en: 'There is no such outside figure' },
  'observation.changed': {
    zh: '有人刚改过这条外部数据。请看过最新内容再改',
    en: 'Somebody has just changed this figure. Look at it again, then change it',
  },
  'observation.invalid': {
    zh: '有的数字不能这样录入，一条都没有保存。请按提示修改',
    en: 'Some figures cannot be recorded as they are, and none was. Put them right as marked',
  },
  'source.not_found': { zh: '没有这个采集来源', en: 'There is no such source of events' },
  'source.exists': { zh: '已有同名的采集来源', en: 'There is a source of events with this name' },
  'bad_event.not_found': { zh: '没有这条坏事件', en: 'There is no such bad event' },
  'bad_event.wrong_state': {
    zh: '这条事件已经重放或作废，不能再改',
    en: 'The event was replayed or discarded already and cannot be changed',
  },
  'bad_event.changed': {
    zh: '有人刚改过这条事件。请看过最新内容再改',
    en: 'Somebody has just changed this event. Look at it again, then change it',
  },
  'plan.changed': {
    zh: '有人刚改过这个事件的埋点方案。请看过最新内容再改',
    en: 'Somebody has just changed the plan of this event. Look at it again, then change it',
  },
  'reconciliation.running': { zh: '正在对账，请等这一次结束', en: 'A comparison is under way; wait until it is done' },
  'late_entry.not_found': { zh: '没有这条迟到记录', en: 'There is no such late entry' },
  'late_entry.changed': {
    zh: '有人刚处理过这条迟到记录。请看过最新内容再决定',
    en: 'Somebody has just decided about this late entry. Look at it again first',
  },
  'late_entry.wrong_state': {
    zh: '这条迟到记录已经处理过，不能再改',
    en: 'This late entry has been decided already and cannot be changed',
  },
  'collection.unknown_key': { zh: '采集密钥不对。请核对 write key', en: 'The collection key is not known. Check the write key' },
} as const satisfies Partial<Readonly<Record<ErrorCode, { readonly zh: string; readonly en: string }>>>;
