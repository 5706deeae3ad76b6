import type { metrics as contract } from '@tongshang/contract';
import { type Figures, readerOf } from './figures.ts';
import { isCalendar } from './period.ts';

interface Words {
  zh: string;
  en: string;
}

const channels: Readonly<Record<string, Words>> = {
  shop: { zh: '网店', en: 'Online shop' },
  store: { zh: '门店', en: 'Stores' },
  wholesale: { zh: '批发', en: 'Wholesale' },
  marketplace: { zh: '平台', en: 'Marketplaces' },
};
const none: Words = { zh: '未指定', en: 'None' };

/** Names for the keys that are shown; a key without a name of its own stays null and speaks for itself. */
export async function findLabels(
  figures: Figures,
  by: readonly contract.Dimension[],
  rows: readonly { keys: readonly string[] }[],
): Promise<(dimension: contract.Dimension | undefined, key: string) => Words | null> {
  const read = readerOf(figures);
  const found = new Map<string, Words>();
  const keysAt = (dimension: contract.Dimension): string[] => [
    ...new Set(rows.map(({ keys }) => keys[by.indexOf(dimension)] ?? '').filter((key) => key !== '')),
  ];
  if (by.includes('sku') && rows.length > 0)
    for (const { key, zh, en } of await read<Words & { key: string }>(
      `select sku as key, argMax(name, version) as zh, argMax(name_en, version) as en from sku where sku in {keys:Array(String)} group by sku`,
      { keys: keysAt('sku') },
    ))
      found.set(`sku ${key}`, { zh, en });
  for (const dimension of ['category', 'store'] as const) {
    if (!by.includes(dimension) || rows.length === 0) continue;
    for (const { key, zh, en } of await read<Words & { key: string }>(
      `select key, argMax(name, version) as zh, argMax(name_en, version) as en from label
       where dimension = {dimension:String} and key in {keys:Array(String)} group by key`,
      { dimension, keys: keysAt(dimension) },
    ))
      found.set(`${dimension} ${key}`, { zh, en });
  }
  return (dimension, key) => {
    if (dimension === undefined || isCalendar(dimension)) return null;
    if (key === '') return none;
    return dimension === 'channel' ? (channels[key] ?? null) : (found.get(`${dimension} ${key}`) ?? null);
  };
}
