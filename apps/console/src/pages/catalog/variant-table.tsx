import { useQueries } from '@tanstack/react-query';
import { pricing, type ReplyOf } from '@tongshang/contract';
import { priceKinds } from '@tongshang/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { PriceHistory } from './price-history.tsx';
import type { Product } from './product-page.tsx';

type Prices = ReplyOf<typeof pricing.listPrices>;
const variantStatus = {
  active: { tone: 'good', zh: '在售', en: 'On sale' },
  retired: { tone: 'done', zh: '已停售', en: 'Retired' },
} as const;

/** Every variant with what it costs now; the price history of the one that the address opens. */
export function VariantTable({ product, withPrices }: { product: Product; withPrices: boolean }) {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const opened = url.get('open');
  const [priced, setPriced] = useState<string | undefined>();
  const answers = useQueries({
    queries: product.variants.map(({ sku }) => ({ ...q(pricing.listPrices, { params: { sku } }), enabled: withPrices })),
  });
  const pricesOf = (sku: string): Prices | undefined => answers[product.variants.findIndex((one) => one.sku === sku)]?.data;
  const openedPrices = opened === null ? undefined : pricesOf(opened);
  const pricedPrices = priced === undefined ? undefined : pricesOf(priced);
  return (
    <>
      <Section title={words('products.variants')}>
        <div className="table-area" role="region" aria-label={words('products.variants')} tabIndex={0}>
          <table className="table">
            <caption className="hidden">{words('products.variants')}</caption>
            <thead>
              <tr>
                <th scope="col">SKU</th>
                <th scope="col">{words('products.options')}</th>
                <th scope="col" className="number">
                  {words('products.price')}
                </th>
                <th scope="col" className="number">
                  {words('products.cost')}
                </th>
                <th scope="col">{words('products.tracking')}</th>
                <th scope="col">{words('orders.state')}</th>
                <th scope="col" className="acts">
                  {words('list.actions')}
                </th>
              </tr>
            </thead>
            <tbody>
              {product.variants.map((variant) => (
                <VariantRow
                  key={variant.sku}
                  variant={variant}
                  prices={pricesOf(variant.sku)}
                  withPrices={withPrices}
                  onHistory={() => setUrl({ open: variant.sku }, { preventScrollReset: true })}
                  onPrice={() => setPriced(variant.sku)}
                />
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      {openedPrices && <PriceHistory prices={openedPrices} />}
      {pricedPrices && <PriceDialog current={pricedPrices.current} onClose={() => setPriced(undefined)} />}
    </>
  );
}

interface VariantRowProps {
  variant: Product['variants'][number];
  prices: Prices | undefined;
  withPrices: boolean;
  onHistory: () => void;
  onPrice: () => void;
}

function VariantRow({ variant, prices, withPrices, onHistory, onPrice }: VariantRowProps) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const now = prices?.current;
  const tracking = [
    variant.isLotTracked && words('products.lots'),
    variant.isSerialised && words('products.serials'),
    variant.shelfLifeDays !== null && words('products.shelfLife', { days: variant.shelfLifeDays }),
  ].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        <Link to={`/supply/stock/${encodeURIComponent(variant.sku)}`}>
          <code>{variant.sku}</code>
        </Link>
      </th>
      <td>
        {variant.options.map((option) => (f.language === 'en' && option.valueEn ? option.valueEn : option.value)).join(' / ') ||
          '—'}
      </td>
      <td className="number">
        {withPrices ? f.money(now?.amountFen) : '—'}
        {now?.kind === 'markdown' && (
          <div className="third">
            <s>{f.money(now.listFen)}</s> {term(priceKinds, 'markdown')}
          </div>
        )}
      </td>
      <td className="number">{f.money(variant.costFen)}</td>
      <td>{tracking.join(' · ') || '—'}</td>
      <td>
        <StatusTag status={variantStatus[variant.state]} code={variant.state} />
      </td>
      <td className="acts">
        {withPrices && (
          <Button type="link" size="small" onClick={onHistory} aria-label={words('products.historyOf', { sku: variant.sku })}>
            {words('products.history')}
          </Button>
        )}
        <MayButton
          need="pricing.edit"
          type="link"
          size="small"
          onClick={onPrice}
          aria-label={words('products.priceOf', { sku: variant.sku })}
        >
          {words('products.changePrice')}
        </MayButton>
      </td>
    </tr>
  );
}
