import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { catalog, createClient, orders, pricing, type ReplyOf } from '@tongshang/contract';
import { useId, useRef, useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { DraftLine } from './draft-lines.ts';
import { ask, q } from '../../lib/api.ts';
import { useRested } from '../../lib/rested.ts';

const call = createClient();
type Found = ReplyOf<typeof pricing.listCurrentPrices>['items'][number];
type Added = Omit<DraftLine, 'quantity'>;

interface LineSearchProps {
  /** Where it is sold: its price and its stock. */
  place: { channel: 'shop' | 'store'; store?: string };
  onAdd: (line: Added) => void;
}

/**
 * Finds a SKU by code, name, pinyin initials or scanned barcode, with price and stock. Enter adds the marked one, or what a scanner
 * typed if it is exactly one SKU; the field is empty again and keeps the focus, so that the next scan goes on.
 */
export function LineSearch({ place, onAdd }: LineSearchProps) {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(-1);
  const [unknown, setUnknown] = useState<string | undefined>();
  const { found, stock, isFetching } = useFound(text, place);
  const shown = text.trim() === '' ? [] : found;
  const add = (one: Added) => {
    onAdd({ sku: one.sku, name: one.name, nameEn: one.nameEn });
    setText('');
    setMarked(-1);
    setUnknown(undefined);
    field.current?.focus();
  };
  const enter = async () => {
    const one = shown[marked];
    if (one) return add(one);
    const typed = text.trim();
    if (typed === '') return;
    const exact = await findExact(typed, place.channel).catch(() => undefined);
    if (exact) add(exact);
    else setUnknown(typed);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setMarked((now) => Math.max(-1, Math.min(shown.length - 1, now + step)));
    else if (event.key === 'Enter') void enter();
    else if (event.key === 'Escape') setText('');
    else return;
    event.preventDefault();
  };
  return (
    <div className="line-search">
      <label htmlFor={`${id}f`}>{words('newOrder.addLine')}</label>
      <input
        id={`${id}f`}
        ref={field}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={`${id}l`}
        aria-autocomplete="list"
        aria-activedescendant={marked >= 0 ? `${id}o${marked}` : undefined}
        autoComplete="off"
        enterKeyHint="done"
        placeholder={words('newOrder.addLineHelp')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMarked(-1);
          setUnknown(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}l`} role="listbox" aria-label={words('newOrder.found')} hidden={shown.length === 0}>
        {shown.map((one, at) => (
          <li
            key={one.sku}
            id={`${id}o${at}`}
            role="option"
            aria-selected={at === marked}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => add(one)}
          >
            <span>
              {name(one)} <span className="third">{one.sku}</span>
            </span>
            <span className="number">
              {one.amountFen === null ? words('newOrder.noPrice') : f.money(one.amountFen)}{' '}
              <span className="third">
                {stock.has(one.sku) && words('home.available', { count: f.count(stock.get(one.sku)) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="error-note" role="status">
        {unknown !== undefined && words('newOrder.unknownSku', { text: unknown })}
        {unknown === undefined && text.trim() !== '' && !isFetching && shown.length === 0 && words('newOrder.nothingFound')}
      </p>
    </div>
  );
}

function useFound(text: string, place: LineSearchProps['place']) {
  const typed = useRested(text.trim(), 200);
  const found = useQuery({
    ...q(pricing.listCurrentPrices, { query: { search: typed, channel: place.channel, limit: 10 } }),
    enabled: typed !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const skus = found.data?.items.map(({ sku }) => sku) ?? [];
  const stock = useQuery({
    ...ask(orders.quoteOrder, { body: { ...place, lines: skus.map((sku) => ({ sku, quantity: 1 })) } }),
    enabled: skus.length > 0,
    staleTime: 10_000,
    retry: false,
  });
  return {
    found: found.data?.items ?? [],
    stock: new Map(stock.data?.names.map(({ sku, available }) => [sku, available])),
    isFetching: found.isFetching || typed !== text.trim(),
  };
}

/** The one SKU that a scanner or a person named in full: its code, its barcode, or the only one found. */
async function findExact(typed: string, channel: string): Promise<Added | undefined> {
  const { items } = await call(pricing.listCurrentPrices, { query: { search: typed, channel, limit: 20 } });
  const byCode = items.find(({ sku }) => sku.toLowerCase() === typed.toLowerCase());
  if (byCode) return byCode;
  const byBarcode = /^\d{8,14}$/.test(typed) ? await findBarcode(typed, items) : undefined;
  return byBarcode ?? (items.length === 1 ? items[0] : undefined);
}

async function findBarcode(barcode: string, items: readonly Found[]): Promise<Added | undefined> {
  const { items: products } = await call(catalog.listProducts, { query: { search: barcode, limit: 3 } });
  const whole = await Promise.all(products.map((product) => call(catalog.getProduct, { params: { id: product.id } })));
  const sku = whole.flatMap(({ variants }) => variants).find((variant) => variant.barcode === barcode)?.sku;
  return items.find((one) => one.sku === sku);
}
