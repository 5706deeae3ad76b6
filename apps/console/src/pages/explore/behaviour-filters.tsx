import type { explore } from '@tongshang/contract';
import { channels, funnelSegmentWords, say } from '@tongshang/ui';
import { Select } from 'antd';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { ValueFilters } from './value-filters.tsx';

type Behaviour = explore.FunnelQuestion['filters'];
type Purchase = explore.CohortQuestion['filters'];

/** What behaviour is narrowed to. */
export function BehaviourFilterFields({ filters, onChange }: { filters: Behaviour; onChange: (filters: Behaviour) => void }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <>
      <Select<string[]>
        mode="tags"
        className="choice"
        aria-label={say(funnelSegmentWords.language, language)}
        placeholder={say(funnelSegmentWords.language, language)}
        notFoundContent={words('explore.typeValue')}
        maxTagCount="responsive"
        value={filters.language ?? []}
        options={['zh-CN', 'en'].map((value) => ({ value, label: value }))}
        onChange={(values) => onChange({ ...filters, language: values.length > 0 ? values : undefined })}
      />
      <ValueFilters
        able={['channel', 'campaign']}
        values={{ channel: filters.channel, campaign: filters.campaign }}
        onChange={(name, values) => onChange({ ...filters, [name]: values })}
      />
    </>
  );
}

/** What purchases are narrowed to. */
export function PurchaseFilterFields({ filters, onChange }: { filters: Purchase; onChange: (filters: Purchase) => void }) {
  return (
    <ValueFilters
      able={['channel', 'store']}
      values={{ channel: filters.channel, store: filters.store }}
      onChange={(name, values) => onChange({ ...filters, [name]: values })}
    />
  );
}

/** The filters in words, for paper. */
export function useFilterWords(): (filters: Behaviour & Purchase) => string[] {
  const term = useTerm();
  const language = useLanguage();
  return ({ channel, store, campaign, language: languages }) => [
    ...(channel ? [channel.map((one) => term(channels, one)).join(', ')] : []),
    ...(store ? [store.join(', ')] : []),
    ...(campaign ? [`${say(funnelSegmentWords.campaign, language)}: ${campaign.join(', ')}`] : []),
    ...(languages ? [`${say(funnelSegmentWords.language, language)}: ${languages.join(', ')}`] : []),
  ];
}
