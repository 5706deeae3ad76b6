import { DeleteOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { pricing, promotions } from '@tongshang/contract';
import { channels } from '@tongshang/ui';
import { Button, Checkbox, Segmented, Select } from 'antd';
import { useId, useState } from 'react';
import { ask, q } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useRested } from '../../lib/rested.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { NumberInput } from '../../parts/labelled.tsx';
import { SegmentPicker, SkuSelect, TierPicker } from '../../parts/pickers.tsx';
import { CartResult } from './cart-result.tsx';
import type { PromotionDraft } from './draft.ts';
import type { PreviewProps } from './preview.tsx';

interface Cart {
  channel: string;
  isMember: boolean;
  isFirstOrder: boolean;
  segments: string[];
  tier: string;
  lines: { sku: string; quantity: number }[];
}

const emptyCart = (lines: Cart['lines']): Cart => ({
  channel: 'shop',
  isMember: true,
  isFirstOrder: false,
  segments: [],
  tier: '',
  lines,
});

/** SKUs that the rule names, to begin the sample with goods it means. */
function namedSkus({ then }: PromotionDraft): readonly string[] {
  if ('of' in then) return [...Object.keys('prices' in then ? (then.prices ?? {}) : {}), ...(then.of.skus ?? [])];
  if (then.gives === 'buy_x_get_y') return [...(then.buy.skus ?? []).slice(0, 1), ...(then.get.skus ?? []).slice(0, 1)];
  return then.gives === 'bundle_price' ? then.items.flatMap(({ of }) => of.skus?.slice(0, 1) ?? []) : [];
}

/** Carts that somebody might have, priced without and with the rule. */
export function SampleCarts({ draft, promotionId }: PreviewProps) {
  const words = useWords();
  const [edited, setEdited] = useState<readonly Cart[]>();
  const [at, setAt] = useState(0);
  const named = namedSkus(draft).slice(0, 3);
  const some = useQuery({
    ...q(pricing.listCurrentPrices, { query: { limit: 3 } }),
    enabled: edited === undefined && named.length === 0,
  });
  const skus = named.length > 0 ? named : (some.data?.items.filter((one) => one.amountFen !== null).map(({ sku }) => sku) ?? []);
  const carts = edited ?? [emptyCart(skus.map((sku, index) => ({ sku, quantity: index === 0 ? 2 : 1 })))];
  const cart = carts[Math.min(at, carts.length - 1)];
  if (cart === undefined) return null;
  const change = (next: Partial<Cart>) => setEdited(carts.map((one) => (one === cart ? { ...one, ...next } : one)));
  return (
    <div className="stack">
      <div className="row">
        {carts.length > 1 && (
          <Segmented
            aria-label={words('promo.sampleCarts')}
            value={at}
            options={carts.map((_, index) => ({ value: index, label: words('promo.cartNumber', { number: index + 1 }) }))}
            onChange={setAt}
          />
        )}
        {carts.length < 5 && (
          <Button
            size="small"
            onClick={() => {
              setEdited([...carts, { ...cart, lines: cart.lines.map((line) => ({ ...line })) }]);
              setAt(carts.length);
            }}
          >
            {words('promo.addCart')}
          </Button>
        )}
        {carts.length > 1 && (
          <Button
            size="small"
            onClick={() => {
              setEdited(carts.filter((one) => one !== cart));
              setAt(0);
            }}
          >
            {words('promo.removeCart')}
          </Button>
        )}
      </div>
      <CartLines cart={cart} onChange={change} />
      <Buyer cart={cart} onChange={change} />
      <Outcome draft={draft} promotionId={promotionId} cart={cart} />
    </div>
  );
}

interface CartProps {
  cart: Cart;
  onChange: (next: Partial<Cart>) => void;
}

function CartLines({ cart, onChange }: CartProps) {
  const words = useWords();
  const id = useId();
  const change = (at: number, line: Partial<Cart['lines'][number]>) =>
    onChange({ lines: cart.lines.map((one, index) => (index === at ? { ...one, ...line } : one)) });
  return (
    <fieldset className="line-filter">
      <legend>{words('promo.cartLines')}</legend>
      {cart.lines.map((line, at) => (
        <div key={at} className="cart-line">
          <SkuSelect
            id={`${id}-sku-${at}`}
            disabled={false}
            aria-label={words('promo.lineSku', { number: at + 1 })}
            value={line.sku}
            onChange={(sku) => change(at, { sku })}
          />
          <NumberInput
            id={`${id}-quantity-${at}`}
            disabled={false}
            aria-label={words('promo.lineQuantity', { number: at + 1 })}
            min={1}
            max={9999}
            value={line.quantity}
            onChange={(quantity) => change(at, { quantity })}
          />
          <Button
            type="text"
            aria-label={words('promo.removeLine', { number: at + 1 })}
            icon={<DeleteOutlined aria-hidden="true" />}
            disabled={cart.lines.length === 1}
            onClick={() => onChange({ lines: cart.lines.toSpliced(at, 1) })}
          />
        </div>
      ))}
      <Button size="small" onClick={() => onChange({ lines: [...cart.lines, { sku: '', quantity: 1 }] })}>
        {words('promo.addLine')}
      </Button>
    </fieldset>
  );
}

/** Who buys, said and not looked up. */
function Buyer({ cart, onChange }: CartProps) {
  const words = useWords();
  const term = useTerm();
  const id = useId();
  return (
    <details>
      <summary>{words('promo.buyer')}</summary>
      <div className="buyer">
        <Select
          aria-label={words('promo.channel')}
          value={cart.channel}
          options={Object.keys(channels).map((value) => ({ value, label: term<string>(channels, value) }))}
          onChange={(channel) => onChange({ channel })}
        />
        <Checkbox checked={cart.isMember} onChange={({ target }) => onChange({ isMember: target.checked })}>
          {words('promo.isMember')}
        </Checkbox>
        <Checkbox checked={cart.isFirstOrder} onChange={({ target }) => onChange({ isFirstOrder: target.checked })}>
          {words('promo.isFirstOrder')}
        </Checkbox>
        <label htmlFor={`${id}-tier`}>{words('promo.tier')}</label>
        <TierPicker
          id={`${id}-tier`}
          disabled={!cart.isMember}
          value={cart.tier === '' ? [] : [cart.tier]}
          onChange={(tiers) => onChange({ tier: tiers.at(-1) ?? '' })}
        />
        <label htmlFor={`${id}-segment`}>{words('promo.segments')}</label>
        <SegmentPicker
          id={`${id}-segment`}
          disabled={false}
          value={cart.segments}
          onChange={(segments) => onChange({ segments })}
        />
      </div>
    </details>
  );
}

function Outcome({ draft, promotionId, cart }: PreviewProps & { cart: Cart }) {
  const words = useWords();
  const { tier, lines, ...buyer } = useRested(cart, 400);
  const whole = lines.filter(({ sku, quantity }) => sku !== '' && quantity > 0);
  const body = { draft, ...(promotionId && { promotionId }), carts: [{ ...buyer, ...(tier !== '' && { tier }), lines: whole }] };
  const { data, error, isFetching, refetch } = useQuery({
    ...ask(promotions.previewPromotion, { body }),
    enabled: whole.length > 0,
    placeholderData: keepPreviousData,
  });
  if (whole.length === 0) return <p className="second">{words('promo.cartEmpty')}</p>;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  const [result] = data?.carts ?? [];
  if (!result) return <div className="bone" />;
  return (
    <div className={isFetching ? 'busy-text' : undefined} aria-busy={isFetching}>
      <CartResult result={result} promotionId={promotionId} name={draft.name} />
    </div>
  );
}
