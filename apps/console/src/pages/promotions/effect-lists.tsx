import { DeleteOutlined } from '@ant-design/icons';
import type { Off } from '@tongshang/contract';
import { Button, Segmented, Select } from 'antd';
import { use } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { FieldError, FormContext, Labelled, MoneyInput, NumberInput } from '../../parts/labelled.tsx';
import { SkuPicker } from '../../parts/pickers.tsx';
import { type EffectOf, type EffectProps, PercentOff } from './effect-props.tsx';
import { LineFilterField } from './line-filter.tsx';

/** Steps of a threshold discount: from what on, how much off. */
export function StepList({ effect, onChange }: EffectProps<EffectOf<'steps'>>) {
  const words = useWords();
  const { isDisabled } = use(FormContext);
  const { steps, by } = effect;
  const change = (at: number, step: Partial<(typeof steps)[number]>) =>
    onChange({ ...effect, steps: steps.map((one, index) => (index === at ? { ...one, ...step } : one)) });
  return (
    <fieldset className="line-filter">
      <legend>{words('promo.steps')}</legend>
      <Segmented<'amount' | 'quantity'>
        aria-label={words('promo.stepsBy')}
        disabled={isDisabled}
        value={by}
        options={[
          { value: 'amount', label: words('promo.byAmount') },
          { value: 'quantity', label: words('promo.byQuantity') },
        ]}
        onChange={(next) => onChange({ ...effect, by: next, steps: steps.map((one) => ({ ...one, from: Number.NaN })) })}
      />
      <FieldError path="then.steps" />
      <ol className="step-list">
        {steps.map((step, at) => (
          <li key={at} className="step-row">
            <Labelled path={`then.steps.${at}.from`} label={words(by === 'amount' ? 'promo.fromAmount' : 'promo.fromUnits')}>
              {(wire) =>
                by === 'amount' ? (
                  <MoneyInput {...wire} value={step.from} onChange={(from) => change(at, { from })} />
                ) : (
                  <NumberInput
                    {...wire}
                    min={1}
                    suffix={words('promo.units')}
                    value={step.from}
                    onChange={(from) => change(at, { from })}
                  />
                )
              }
            </Labelled>
            <OffField path={`then.steps.${at}.off`} off={step.off} onChange={(off) => change(at, { off })} />
            {steps.length > 1 && !isDisabled && (
              <Button
                type="text"
                aria-label={words('promo.removeStep', { number: at + 1 })}
                icon={<DeleteOutlined aria-hidden="true" />}
                onClick={() => onChange({ ...effect, steps: steps.toSpliced(at, 1) })}
              />
            )}
          </li>
        ))}
      </ol>
      {steps.length < 10 && !isDisabled && (
        <Button
          onClick={() =>
            onChange({
              ...effect,
              steps: [...steps, { from: Number.NaN, off: isShare(steps[0]?.off) ? { bp: Number.NaN } : { fen: Number.NaN } }],
            })
          }
        >
          {words('promo.addStep')}
        </Button>
      )}
    </fieldset>
  );
}

const isShare = (off: Off | undefined): boolean => off !== undefined && 'bp' in off;

/** An amount off or a share off. */
function OffField({ path, off, onChange }: { path: string; off: Off; onChange: (off: Off) => void }) {
  const words = useWords();
  const { isDisabled } = use(FormContext);
  return (
    <div className="off-field">
      {'bp' in off ? (
        <PercentOff path={path} label={words('promo.off')} bp={off.bp} onChange={(bp) => onChange({ bp })} />
      ) : (
        <Labelled path={path} label={words('promo.off')}>
          {(wire) => <MoneyInput {...wire} value={off.fen} onChange={(fen) => onChange({ fen })} />}
        </Labelled>
      )}
      <Select<'fen' | 'bp'>
        aria-label={words('promo.offKind')}
        disabled={isDisabled}
        value={'bp' in off ? 'bp' : 'fen'}
        options={[
          { value: 'fen', label: words('promo.offAmount') },
          { value: 'bp', label: words('promo.offShare') },
        ]}
        onChange={(kind) => onChange(kind === 'bp' ? { bp: Number.NaN } : { fen: Number.NaN })}
      />
    </div>
  );
}

/** What belongs to a set sold for one price. */
export function BundleItems({ effect, onChange }: EffectProps<EffectOf<'bundle_price'>>) {
  const words = useWords();
  const { isDisabled } = use(FormContext);
  const { items } = effect;
  const change = (at: number, item: Partial<(typeof items)[number]>) =>
    onChange({ ...effect, items: items.map((one, index) => (index === at ? { ...one, ...item } : one)) });
  return (
    <fieldset className="line-filter">
      <legend>{words('promo.bundleItems')}</legend>
      <ol className="step-list">
        {items.map((item, at) => (
          <li key={at} className="bundle-item">
            <Labelled path={`then.items.${at}.quantity`} label={words('promo.partQuantity', { number: at + 1 })}>
              {(wire) => (
                <NumberInput
                  {...wire}
                  min={1}
                  max={100}
                  suffix={words('promo.units')}
                  value={item.quantity}
                  onChange={(quantity) => change(at, { quantity })}
                />
              )}
            </Labelled>
            <LineFilterField
              path={`then.items.${at}.of`}
              label={words('promo.partGoods', { number: at + 1 })}
              value={item.of}
              onChange={(of) => change(at, { of })}
            />
            {items.length > 1 && !isDisabled && (
              <Button
                icon={<DeleteOutlined aria-hidden="true" />}
                onClick={() => onChange({ ...effect, items: items.toSpliced(at, 1) })}
              >
                {words('promo.removePart', { number: at + 1 })}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {items.length < 10 && !isDisabled && (
        <Button onClick={() => onChange({ ...effect, items: [...items, { of: {}, quantity: 1 }] })}>
          {words('promo.addPart')}
        </Button>
      )}
    </fieldset>
  );
}

/** A price of its own for single SKUs; it goes before the price for all. */
export function PriceList({ effect, onChange }: EffectProps<EffectOf<'fixed_price'>>) {
  const words = useWords();
  const { money } = useFormat();
  const { isDisabled } = use(FormContext);
  const prices = effect.prices ?? {};
  const skus = Object.keys(prices);
  const set = (next: Readonly<Record<string, number>>) => {
    const { prices: _gone, ...rest } = effect;
    const isEmpty = Object.keys(next).length === 0;
    onChange(isEmpty ? { ...rest, unitFen: rest.unitFen ?? Number.NaN } : { ...withoutEmpty(rest), prices: next });
  };
  return (
    <fieldset className="line-filter">
      <legend>{words('promo.ownPrices')}</legend>
      <Labelled path="then.prices" label={words('promo.ownPricesFor')} isOptional help={words('promo.ownPricesHelp')}>
        {(wire) => (
          <SkuPicker
            {...wire}
            value={skus}
            onChange={(chosen) => set(Object.fromEntries(chosen.map((sku) => [sku, prices[sku] ?? Number.NaN])))}
          />
        )}
      </Labelled>
      {skus.length > 0 && (
        <ul className="price-rows">
          {skus.map((sku) => (
            <li key={sku}>
              <code>{sku}</code>
              <Labelled path={`then.prices.${sku}`} label={words('promo.priceOf', { sku })} isBare>
                {(wire) => (
                  <MoneyInput
                    {...wire}
                    {...(effect.unitFen !== undefined && { placeholder: money(effect.unitFen) })}
                    disabled={isDisabled}
                    value={prices[sku] ?? null}
                    onChange={(fen) => set({ ...prices, [sku]: fen })}
                  />
                )}
              </Labelled>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function withoutEmpty(effect: EffectOf<'fixed_price'>): EffectOf<'fixed_price'> {
  const { unitFen, ...rest } = effect;
  return unitFen === undefined || Number.isNaN(unitFen) ? rest : effect;
}
