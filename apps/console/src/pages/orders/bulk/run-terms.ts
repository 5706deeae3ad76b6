import type { orders } from '@tongshang/contract';
import type { Status, Word } from '@tongshang/ui';

export const bulkActionWords: Readonly<Record<(typeof orders.bulkActions)[number], Word>> = {
  release: { zh: '放行', en: 'Release' },
  cancel: { zh: '取消', en: 'Cancel' },
};

export const bulkRunStates: Readonly<Record<(typeof orders.bulkRunStates)[number], Status>> = {
  running: { tone: 'active', zh: '进行中', en: 'Running' },
  done: { tone: 'good', zh: '已完成', en: 'Done' },
  stopped: { tone: 'neutral', zh: '已停止', en: 'Stopped' },
};

export const bulkRowStates: Readonly<Record<(typeof orders.bulkRowStates)[number], Status>> = {
  refused: { tone: 'bad', zh: '没有成功', en: 'Refused' },
  done: { tone: 'good', zh: '已完成', en: 'Done' },
  waiting: { tone: 'neutral', zh: '等待', en: 'Waiting' },
};
