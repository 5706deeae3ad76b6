import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { StockSkuSelect } from '../../../parts/stock-sku-select.tsx';
import type { Found } from './tally.ts';

interface FoundFieldsProps {
  location: string;
  found: readonly Found[];
  onChange: (found: Found[]) => void;
}

/** What lay there and stands on no line of the sheet. */
export function FoundFields({ location, found, onChange }: FoundFieldsProps) {
  const words = useWords();
  const { count } = useFormat();
  const [sku, setSku] = useState('');
  const [lot, setLot] = useState('');
  const [quantity, setQuantity] = useState<number | null>(null);
  const isReady = sku !== '' && quantity !== null && quantity > 0;
  const add = () => {
    if (!isReady) return;
    onChange([...found, { sku, quantity, ...(lot.trim() !== '' && { lot: lot.trim() }) }]);
    setSku('');
    setLot('');
    setQuantity(null);
  };
  return (
    <details className="card" open={found.length > 0}>
      <summary>{words('counts.found')}</summary>
      <ul className="floor-list" aria-label={words('counts.found')}>
        {found.map((one, at) => (
          <li key={`${one.sku} ${one.lot ?? ''} ${at}`}>
            <span>
              <code>{one.sku}</code> {one.lot}
            </span>
            <span className="row">
              <span className="floor-count">{count(one.quantity)}</span>
              <Button
                size="small"
                aria-label={words('counts.dropFound', { sku: one.sku })}
                onClick={() => onChange(found.filter((_, index) => index !== at))}
              >
                {words('counts.drop')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <div className="stack found-fields">
        <StockSkuSelect location={location} aria-label={words('counts.item')} value={sku} onChange={setSku} />
        <div className="row">
          <Input
            aria-label={words('counts.lot')}
            placeholder={words('counts.lotIfAny')}
            value={lot}
            autoComplete="off"
            maxLength={64}
            onChange={(event) => setLot(event.target.value)}
          />
          <InputNumber<number>
            aria-label={words('counts.quantity')}
            placeholder={words('counts.quantity')}
            min={1}
            precision={0}
            value={quantity}
            onChange={setQuantity}
          />
          <Button onClick={add} disabled={!isReady}>
            {words('counts.addFound')}
          </Button>
        </div>
      </div>
    </details>
  );
}
