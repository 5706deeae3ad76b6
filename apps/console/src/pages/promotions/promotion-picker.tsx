import { useQuery } from '@tanstack/react-query';
import { promotions } from '@tongshang/contract';
import { Select } from 'antd';
import { q } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { Wire } from '../../parts/labelled.tsx';

/** A promotion whose codes can be given: one of the coupon stage that has not ended. */
export function CouponPromotionPicker({ value, onChange, ...wire }: Wire & { value: string; onChange: (id: string) => void }) {
  const words = useWords();
  const name = useName();
  const { data } = useQuery(q(promotions.listPromotions, { query: { stage: 'coupon', limit: 200 } }));
  const open = data?.items.filter(({ status, id }) => status !== 'ended' || id === value) ?? [];
  return (
    <Select<string>
      {...wire}
      className="picker"
      {...(value !== '' && { value })}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={words('picker.choose')}
      notFoundContent={words('promo.noCouponPromotion')}
      options={open.map((one) => ({ value: one.id, label: `${one.number} ${name(one)}` }))}
      onChange={onChange}
    />
  );
}
