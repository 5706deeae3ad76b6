import { DeleteOutlined } from '@ant-design/icons';
import type { LineFilter } from '@tongshang/contract';
import { Button, Select } from 'antd';
import { use } from 'react';
import { useWords } from '../../lib/language.ts';
import { FormContext, Labelled, type Wire } from '../../parts/labelled.tsx';
import { BrandPicker, CategoryPicker, ProductPicker, SkuPicker } from '../../parts/pickers.tsx';

type Kind = keyof LineFilter;

const kinds = ['categories', 'brands', 'productIds', 'skus', 'exceptCategories', 'exceptSkus'] as const satisfies readonly Kind[];

const pickers = {
  categories: CategoryPicker,
  exceptCategories: CategoryPicker,
  brands: BrandPicker,
  productIds: ProductPicker,
  skus: SkuPicker,
  exceptSkus: SkuPicker,
} as const satisfies Record<Kind, unknown>;

interface LineFilterFieldProps {
  path: string;
  label: string;
  value: LineFilter;
  onChange: (value: LineFilter) => void;
}

/** Which goods are meant: all, or narrowed by category, brand, product, SKU, less what is left out. */
export function LineFilterField({ path, label, value, onChange }: LineFilterFieldProps) {
  const words = useWords();
  const { isDisabled } = use(FormContext);
  const set = kinds.filter((kind) => value[kind] !== undefined);
  const rest = kinds.filter((kind) => value[kind] === undefined);
  const without = (kind: Kind): LineFilter => {
    const { [kind]: _gone, ...left } = value;
    return left;
  };
  return (
    <fieldset className="line-filter">
      <legend>{label}</legend>
      <div className="line-filter-head">
        <span>{words(set.some((kind) => !kind.startsWith('except')) ? 'promo.goodsSome' : 'promo.goodsAll')}</span>
        {rest.length > 0 && !isDisabled && (
          <Select<Kind | null>
            aria-label={words('promo.narrowOf', { label })}
            className="add-choice"
            size="small"
            value={null}
            placeholder={words(set.length > 0 ? 'promo.narrowMore' : 'promo.narrow')}
            options={rest.map((kind) => ({ value: kind, label: words(`promo.goods.${kind}`) }))}
            onChange={(kind) => {
              if (kind !== null) onChange({ ...value, [kind]: [] });
            }}
          />
        )}
      </div>
      {set.map((kind) => (
        <div key={kind} className="filter-row">
          <Labelled path={`${path}.${kind}`} label={words(`promo.goods.${kind}`)}>
            {(wire) => (
              <Picker
                kind={kind}
                wire={wire}
                value={value[kind] ?? []}
                onChange={(next) => onChange({ ...value, [kind]: next })}
              />
            )}
          </Labelled>
          {!isDisabled && (
            <Button
              type="text"
              aria-label={words('promo.dropNarrow', { name: words(`promo.goods.${kind}`) })}
              icon={<DeleteOutlined aria-hidden="true" />}
              onClick={() => onChange(without(kind))}
            />
          )}
        </div>
      ))}
    </fieldset>
  );
}

function Picker({
  kind,
  wire,
  value,
  onChange,
}: {
  kind: Kind;
  wire: Wire;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const One = pickers[kind];
  return <One {...wire} value={value} onChange={onChange} />;
}
