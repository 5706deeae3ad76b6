import { useQuery } from '@tanstack/react-query';
import { membership } from '@tongshang/contract';
import { Button, InputNumber, Select } from 'antd';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';

interface OfferFieldsProps {
  customerId: string | undefined;
  couponCodes: readonly string[];
  points: number;
  onChange: (change: { couponCodes?: string[]; points?: number }) => void;
}

/** Coupon codes and points as money; points only for a customer who has some. */
export function OfferFields({ customerId, couponCodes, points, onChange }: OfferFieldsProps) {
  const words = useWords();
  const { count, money } = useFormat();
  const mayView = useMay()('membership.view');
  const standing = useQuery({
    ...q(membership.getStanding, { params: { customerId: customerId ?? '' } }),
    enabled: mayView && customerId !== undefined,
  });
  const most = standing.data?.points ?? 0;
  return (
    <div className="field-pair">
      <label className="field-label">
        {words('newOrder.coupons')}
        <Select<string[]>
          mode="tags"
          aria-label={words('newOrder.coupons')}
          placeholder={words('newOrder.couponsHelp')}
          value={[...couponCodes]}
          open={false}
          suffixIcon={null}
          maxCount={10}
          tokenSeparators={[',', '，', ' ', '\n']}
          onChange={(codes) => onChange({ couponCodes: codes.map((code) => code.trim()).filter((code) => code !== '') })}
        />
      </label>
      {customerId !== undefined && most > 0 && (
        <div className="field-label">
          <label htmlFor="points-wanted">{words('newOrder.points')}</label>
          <div className="row">
            <InputNumber
              id="points-wanted"
              min={0}
              max={most}
              precision={0}
              value={points}
              onChange={(value) => onChange({ points: value ?? 0 })}
            />
            <Button onClick={() => onChange({ points: most })}>{words('newOrder.pointsAll')}</Button>
          </div>
          <span className="third">
            {words('newOrder.pointsHave', { points: count(most), worth: money(standing.data?.worthFen) })}
          </span>
        </div>
      )}
    </div>
  );
}
