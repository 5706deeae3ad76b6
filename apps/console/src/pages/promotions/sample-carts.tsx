import { DeleteOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type LineFilter, pricing, promotions } from '@tongshang/contract';
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

/** The goods that the rule means, as far as it names them: what a sample begins with. */
function meantBy({ then, when }: PromotionDraft): readonly LineFilter[] {
  if ('of' in then) return 'prices' in then ? [{ skus: Object.keys(then.prices ?? {}) }, then.of] : [then.of];
  if (then.gives === 'buy_x_get_y') return [then.buy, then.get];
  if (then.gives === 'bundle_price') return then.items.map(({ of }) => of);
  return 'is' in when && (when.is === 'amount' || when.is === 'quantity') ? [when.of] : [];
}

const linesMax = 3;

/** A cart to begin with: goods that the rule names, else of a category that it names, else whatever is sold. */
function useFirstCart(draft: PromotionDraft, isNeeded: boolean): Cart {
  const filters = meantBy(draft);
  const named = [...new Set(filters.flatMap(({ skus = [] }) => skus.slice(0, linesMax)))].slice(0, linesMax);
  const category = filters.flatMap(({ categories = [] }) => categories)[0];
  const some = useQuery({
    ...q(pricing.listCurrentPrices, { query: { limit: linesMax, ...(category !== undefined && { category }) } }),
    enabled: isNeeded && named.length === 0,
  });
  const sold = some.data?.items.filter((one) => one.amountFen !== null).map(({ sku }) => sku) ?? [];
  const skus = named.length > 0 ? named : sold;
  return emptyCart(skus.map((sku, index) => ({ sku, quantity: index === 0 ? 2 : 1 })));
}

/** Carts that somebody might have, priced without and with the rule. */
export function SampleCarts({ draft, promotionId }: PreviewProps) {
  const words = useWords();
  const [edited, setEdited] = useState<readonly Cart[]>();
  const [at, setAt] = useState(0);
  const first = useFirstCart(draft, edited === undefined);
  const carts = edited ?? [first];
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
