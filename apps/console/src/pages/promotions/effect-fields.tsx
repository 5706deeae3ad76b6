import type { Effect } from '@tongshang/contract';
import { Checkbox } from 'antd';
import { useWords } from '../../lib/language.ts';
import { Labelled, MoneyInput, NumberInput } from '../../parts/labelled.tsx';
import { SkuSelect } from '../../parts/pickers.tsx';
import { BundleItems, PriceList, StepList } from './effect-lists.tsx';
import { LineFilterField } from './line-filter.tsx';
import { type EffectOf, type EffectProps, PercentOff } from './effect-props.tsx';
import { CouponPromotionPicker } from './promotion-picker.tsx';

/** What the promotion gives, by kind. */
export function EffectFields({ effect, onChange }: EffectProps) {
  const words = useWords();
  switch (effect.gives) {
    case 'percent':
      return <PercentFields effect={effect} onChange={onChange} />;
    case 'amount':
      return (
        <>
          <Labelled path="then.fen" label={words('promo.amountOff')}>
            {(wire) => <MoneyInput {...wire} value={effect.fen} onChange={(fen) => onChange({ ...effect, fen })} />}
          </Labelled>
          <Goods effect={effect} onChange={onChange} />
        </>
      );
    case 'fixed_price':
      return <FixedPriceFields effect={effect} onChange={onChange} />;
    case 'points_price':
      return <PointsPriceFields effect={effect} onChange={onChange} />;
    case 'steps':
      return <StepsFields effect={effect} onChange={onChange} />;
    case 'cheapest_free':
      return <CheapestFreeFields effect={effect} onChange={onChange} />;
    case 'buy_x_get_y':
      return <BuyGetFields effect={effect} onChange={onChange} />;
    case 'gift':
      return <GiftFields effect={effect} onChange={onChange} />;
    case 'bundle_price':
      return (
        <>
          <BundleItems effect={effect} onChange={onChange} />
          <div className="field-pair">
            <Labelled path="then.fen" label={words('promo.bundlePrice')}>
              {(wire) => <MoneyInput {...wire} value={effect.fen} onChange={(fen) => onChange({ ...effect, fen })} />}
            </Labelled>
            <TimesMax effect={effect} onChange={onChange} />
          </div>
        </>
      );
    case 'free_freight':
      return <p className="second">{words('promo.freeFreightText')}</p>;
    case 'coupon':
      return (
        <Labelled path="then.promotionId" label={words('promo.couponOf')} help={words('promo.couponOfHelp')}>
          {(wire) => (
            <CouponPromotionPicker
              {...wire}
              value={effect.promotionId}
              onChange={(promotionId) => onChange({ ...effect, promotionId })}
            />
          )}
        </Labelled>
      );
  }
}

type WithGoods = Exclude<Effect, { gives: 'buy_x_get_y' | 'gift' | 'bundle_price' | 'free_freight' | 'coupon' }>;

function Goods({ effect, onChange }: EffectProps<WithGoods>) {
  const words = useWords();
  return (
    <LineFilterField
      path="then.of"
      label={words('promo.goodsMeant')}
      value={effect.of}
      onChange={(of) => onChange({ ...effect, of })}
    />
  );
}

/** A number that may be left out: empty takes the field away. */
function withOptional<E extends Effect, Key extends keyof E>(effect: E, key: Key, value: number): E {
  const { [key]: _gone, ...rest } = effect;
  return (Number.isNaN(value) ? rest : { ...effect, [key]: value }) as E;
}

function PercentFields({ effect, onChange }: EffectProps<EffectOf<'percent'>>) {
  const words = useWords();
  return (
    <>
      <div className="field-pair">
        <PercentOff
          path="then.bp"
          label={words('promo.percentOff')}
          bp={effect.bp}
          onChange={(bp) => onChange({ ...effect, bp })}
        />
        <Labelled path="then.capFen" label={words('promo.cap')} isOptional help={words('promo.capHelp')}>
          {(wire) => (
            <MoneyInput
              {...wire}
              value={effect.capFen ?? null}
              onChange={(capFen) => onChange({ ...effect, capFen })}
              onClear={() => onChange(withOptional(effect, 'capFen', Number.NaN))}
            />
          )}
        </Labelled>
      </div>
      <Goods effect={effect} onChange={onChange} />
    </>
  );
}

function UnitsPerOrder({ effect, onChange }: EffectProps<EffectOf<'fixed_price'> | EffectOf<'points_price'>>) {
  const words = useWords();
  return (
    <Labelled path="then.unitsPerOrder" label={words('promo.unitsPerOrder')} isOptional>
      {(wire) => (
        <NumberInput
          {...wire}
          min={1}
          suffix={words('promo.units')}
          value={effect.unitsPerOrder ?? null}
          onChange={(value) => onChange(withOptional(effect, 'unitsPerOrder', value))}
        />
      )}
    </Labelled>
  );
}

function FixedPriceFields({ effect, onChange }: EffectProps<EffectOf<'fixed_price'>>) {
  const words = useWords();
  return (
    <>
      <div className="field-pair">
        <Labelled
          path="then.unitFen"
          label={words('promo.fixedPrice')}
          isOptional={effect.prices !== undefined}
          help={words('promo.fixedPriceHelp')}
        >
          {(wire) => (
            <MoneyInput
              {...wire}
              value={effect.unitFen ?? null}
              onChange={(unitFen) => onChange({ ...effect, unitFen })}
              {...(effect.prices !== undefined && { onClear: () => onChange(withOptional(effect, 'unitFen', Number.NaN)) })}
            />
          )}
        </Labelled>
        <UnitsPerOrder effect={effect} onChange={onChange} />
      </div>
      <PriceList effect={effect} onChange={onChange} />
      <Goods effect={effect} onChange={onChange} />
    </>
  );
}

function PointsPriceFields({ effect, onChange }: EffectProps<EffectOf<'points_price'>>) {
  const words = useWords();
  return (
    <>
      <div className="field-pair">
        <Labelled path="then.points" label={words('promo.pointsEach')}>
          {(wire) => (
            <NumberInput
              {...wire}
              min={1}
              suffix={words('promo.points')}
              value={effect.points}
              onChange={(points) => onChange({ ...effect, points })}
            />
          )}
        </Labelled>
        <Labelled path="then.unitFen" label={words('promo.moneyEach')}>
          {(wire) => <MoneyInput {...wire} value={effect.unitFen} onChange={(unitFen) => onChange({ ...effect, unitFen })} />}
        </Labelled>
        <UnitsPerOrder effect={effect} onChange={onChange} />
      </div>
      <Goods effect={effect} onChange={onChange} />
    </>
  );
}

function StepsFields({ effect, onChange }: EffectProps<EffectOf<'steps'>>) {
  const words = useWords();
  return (
    <>
      <StepList effect={effect} onChange={onChange} />
      <div className="field-pair">
        <Checkbox checked={effect.repeats} onChange={(event) => onChange({ ...effect, repeats: event.target.checked })}>
          {words('promo.repeats')}
          <div className="third">{words('promo.repeatsHelp')}</div>
        </Checkbox>
        <Labelled path="then.capFen" label={words('promo.cap')} isOptional help={words('promo.capHelp')}>
          {(wire) => (
            <MoneyInput
              {...wire}
              value={effect.capFen ?? null}
              onChange={(capFen) => onChange({ ...effect, capFen })}
              onClear={() => onChange(withOptional(effect, 'capFen', Number.NaN))}
            />
          )}
        </Labelled>
      </div>
      <Goods effect={effect} onChange={onChange} />
    </>
  );
}

type Repeated = EffectOf<'cheapest_free'> | EffectOf<'buy_x_get_y'> | EffectOf<'bundle_price'> | EffectOf<'gift'>;

function TimesMax({ effect, onChange }: EffectProps<Repeated>) {
  const words = useWords();
  return (
    <Labelled path="then.timesMax" label={words('promo.timesMax')} isOptional help={words('promo.timesMaxHelp')}>
      {(wire) => (
        <NumberInput
          {...wire}
          min={1}
          suffix={words('promo.times')}
          value={effect.timesMax ?? null}
          onChange={(value) => onChange(withOptional(effect, 'timesMax', value))}
        />
      )}
    </Labelled>
  );
}

function CheapestFreeFields({ effect, onChange }: EffectProps<EffectOf<'cheapest_free'>>) {
  const words = useWords();
  return (
    <>
      <div className="field-pair">
        <Labelled path="then.buy" label={words('promo.ofEvery')}>
          {(wire) => (
            <NumberInput
              {...wire}
              min={2}
              suffix={words('promo.units')}
              value={effect.buy}
              onChange={(buy) => onChange({ ...effect, buy })}
            />
          )}
        </Labelled>
        <Labelled path="then.free" label={words('promo.freeUnits')}>
          {(wire) => (
            <NumberInput
              {...wire}
              min={1}
              suffix={words('promo.units')}
              value={effect.free}
              onChange={(free) => onChange({ ...effect, free })}
            />
          )}
        </Labelled>
        <TimesMax effect={effect} onChange={onChange} />
      </div>
      <Goods effect={effect} onChange={onChange} />
    </>
  );
}

function BuyGetFields({ effect, onChange }: EffectProps<EffectOf<'buy_x_get_y'>>) {
  const words = useWords();
  return (
    <>
      <Labelled path="then.buyQuantity" label={words('promo.buyQuantity')}>
        {(wire) => (
          <NumberInput
            {...wire}
            min={1}
            suffix={words('promo.units')}
            value={effect.buyQuantity}
            onChange={(buyQuantity) => onChange({ ...effect, buyQuantity })}
          />
        )}
      </Labelled>
      <LineFilterField
        path="then.buy"
        label={words('promo.buyGoods')}
        value={effect.buy}
        onChange={(buy) => onChange({ ...effect, buy })}
      />
      <div className="field-pair">
        <Labelled path="then.getQuantity" label={words('promo.getQuantity')}>
          {(wire) => (
            <NumberInput
              {...wire}
              min={1}
              suffix={words('promo.units')}
              value={effect.getQuantity}
              onChange={(getQuantity) => onChange({ ...effect, getQuantity })}
            />
          )}
        </Labelled>
        <PercentOff path="then.bp" label={words('promo.getOff')} bp={effect.bp} onChange={(bp) => onChange({ ...effect, bp })} />
        <TimesMax effect={effect} onChange={onChange} />
      </div>
      <LineFilterField
        path="then.get"
        label={words('promo.getGoods')}
        value={effect.get}
        onChange={(get) => onChange({ ...effect, get })}
      />
    </>
  );
}

function GiftFields({ effect, onChange }: EffectProps<EffectOf<'gift'>>) {
  const words = useWords();
  return (
    <>
      <Labelled path="then.sku" label={words('promo.giftSku')} help={words('promo.giftHelp')}>
        {(wire) => <SkuSelect {...wire} value={effect.sku} onChange={(sku) => onChange({ ...effect, sku })} />}
      </Labelled>
      <div className="field-pair">
        <Labelled path="then.quantity" label={words('promo.giftQuantity')}>
          {(wire) => (
            <NumberInput
              {...wire}
              min={1}
              max={100}
              suffix={words('promo.units')}
              value={effect.quantity}
              onChange={(quantity) => onChange({ ...effect, quantity })}
            />
          )}
        </Labelled>
        <Checkbox checked={effect.repeats === true} onChange={(event) => onChange({ ...effect, repeats: event.target.checked })}>
          {words('promo.repeats')}
          <div className="third">{words('promo.giftRepeatsHelp')}</div>
        </Checkbox>
        {effect.repeats === true && <TimesMax effect={effect} onChange={onChange} />}
      </div>
    </>
  );
}
