import { useQuery } from '@tanstack/react-query';
import { customers, membership, type pricing, type ReplyOf } from '@tongshang/contract';
import { channels } from '@tongshang/ui';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';

export type Price = ReplyOf<typeof pricing.listPrices>['items'][number];

export interface CustomerGroup {
  code: string;
  name: string;
  kind: 'tier' | 'segment';
}

/** Tiers and segments that a price may be for, by name; those that this person may not see are absent. */
export function useCustomerGroups(): readonly CustomerGroup[] {
  const name = useName();
  const mayDo = useMay();
  const tiers = useQuery({ ...q(membership.listTiers), enabled: mayDo('membership.view') });
  const segments = useQuery({ ...q(customers.listSegments), enabled: mayDo('customers.view') });
  return [
    ...(tiers.data?.items.map((one) => ({ code: one.code, name: name(one), kind: 'tier' as const })) ?? []),
    ...(segments.data?.items.map((one) => ({ code: one.code, name: name(one), kind: 'segment' as const })) ?? []),
  ];
}

/** For whom and from how many units a price holds: "网店 · 金卡 · 满 10 件". */
export function usePlaceText(): (price: Pick<Price, 'channel' | 'kind' | 'group' | 'fromQuantity'>) => string {
  const words = useWords();
  const term = useTerm();
  const { count } = useFormat();
  const groups = useCustomerGroups();
  return ({ channel, kind, group, fromQuantity }) => {
    const buyers =
      group !== null
        ? (groups.find((one) => one.code === group)?.name ?? group)
        : kind === 'member'
          ? words('prices.everyMember')
          : words('prices.everybody');
    const where = channel === null ? words('products.allChannels') : term(channels, channel);
    const from = fromQuantity > 1 ? [words('prices.fromUnits', { units: count(fromQuantity) })] : [];
    return [where, buyers, ...from].join(' · ');
  };
}

/** Why a price may not be called off or ended now; undefined when it may. */
export function whyNotStop(
  price: Pick<Price, 'state' | 'kind' | 'fromQuantity'>,
): 'prices.hasEnded' | 'prices.listStays' | undefined {
  if (price.state === 'ended') return 'prices.hasEnded';
  return price.state === 'running' && price.kind === 'list' && price.fromQuantity === 1 ? 'prices.listStays' : undefined;
}
