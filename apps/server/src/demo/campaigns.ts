// By which campaigns the demo's visitors came: one runs all year, others over their season. Chance follows from the order's own number.
import { createHash } from 'node:crypto';
import { dayOf } from '../platform/time.ts';
import type { DemoOrder } from './history.ts';

export interface DemoCampaign {
  name: string;
  /** Month and day, both included; over the turn of a year `from` is the later. */
  from: string;
  to: string;
  /** Of the shop's orders while it runs. */
  share: number;
  /** What is spent of the profit that it brings: above one it loses money. */
  spent: number;
  platform: string;
}

export const demoCampaigns: readonly DemoCampaign[] = [
  { name: 'search-always-on', from: '01-01', to: '12-31', share: 0.07, spent: 0.55, platform: 'baidu' },
  { name: 'new-year-gifts', from: '12-28', to: '02-10', share: 0.1, spent: 0.62, platform: 'weibo' },
  { name: 'spring-new', from: '03-05', to: '03-31', share: 0.08, spent: 0.74, platform: 'xiaohongshu' },
  { name: '618', from: '06-01', to: '06-18', share: 0.16, spent: 0.8, platform: 'weibo' },
  { name: 'autumn-tea', from: '09-10', to: '10-12', share: 0.09, spent: 1.12, platform: 'douyin' },
  { name: 'double-11', from: '10-20', to: '11-11', share: 0.2, spent: 0.7, platform: 'weibo' },
  { name: 'winter-warm', from: '11-15', to: '12-20', share: 0.1, spent: 0.66, platform: 'xiaohongshu' },
];

const runsOn = ({ from, to }: DemoCampaign, day: string): boolean => {
  const date = day.slice(5);
  return from <= to ? date >= from && date <= to : date >= from || date <= to;
};

/** The campaign that a shop's order came by, if any. */
export const campaignOf = ({ channel, externalId, placedAt }: DemoOrder): string | undefined =>
  channel === 'shop' ? drawn(dayOf(placedAt), chanceOf(externalId), 1) : undefined;

/** Those who only look come by campaigns as well, rather more of them. */
export const campaignSeen = (day: string, index: number): string | undefined => drawn(day, chanceOf(`${day} ${index}`), 1.3);

function drawn(day: string, chance: number, times: number): string | undefined {
  let left = chance;
  for (const campaign of demoCampaigns.filter((one) => runsOn(one, day))) {
    left -= campaign.share * times;
    if (left < 0) return campaign.name;
  }
  return undefined;
}

/** A number in [0, 1) that follows from a text. */
export const chanceOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
