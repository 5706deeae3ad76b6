import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { useState } from 'preact/hooks';
import { type FlashPrice, flashOf } from '../lib/flash.ts';
import { type Language, nameIn } from '../lib/language.ts';
import { fill, type Values, type Word } from '../lib/say.ts';
import { canBuy, choicesOf, type OptionChoice, pickVariant } from '../lib/variants.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Price } from '../parts/price.tsx';
import type { Product, StoreStock, Variant } from '../views.ts';
import { common } from '../words/common.ts';
import { flashFacts } from '../words/flash-facts.ts';
import { product as words } from '../words/product.ts';
import { type Added, putInCart } from './put-in-cart.ts';

export interface BuyBoxProps {
  language: Language;
  product: Pick<Product, 'slug' | 'options' | 'variants'>;
  sku: string | undefined;
  freight: { feeFen: number; freeFromFen: number };
  /** Flash prices of this product's variants that run now. */
  flash: readonly FlashPrice[];
  stores: readonly StoreStock[];
  /** What time it was when the page was made, ISO. */
  now: string;
  urls: { product: string; add: string; cart: string };
  /** The quantity that stood in the field when the script arrived. */
  typed?: string | undefined;
}

type Say = (word: Word, values?: Values) => string;
type Answer = { added: Added } | { trouble: string } | undefined;

/** Price, choice, quantity and buttons. Two plain forms on the server; in the browser the same choice without a new page. */
export function BuyBox({ language, product, sku, urls, freight, flash, stores, now, typed = '1' }: BuyBoxProps) {
  const [chosenSku, setChosen] = useState(sku);
  const [quantity, setQuantity] = useState(typed);
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const say: Say = (word, values) => fill(word, language, values);
  const variant = pickVariant(product, chosenSku);
  const offer = flashOf(flash, variant?.sku);

  const choose = (event: Event, next: string) => {
    event.preventDefault();
    setChosen(next);
    setAnswer(undefined);
    history.replaceState(history.state, '', `${urls.product}?sku=${encodeURIComponent(next)}`);
    document.dispatchEvent(new CustomEvent('variant', { detail: next }));
  };
  const send = (event: SubmitEvent) => {
    if (event.submitter?.getAttribute('name') === 'next') return; // buying now leaves the page anyway
    event.preventDefault();
    if (isSending || variant === undefined) return;
    setSending(true);
    void putInCart(urls.add, { sku: variant.sku, quantity }, say).then((result) => {
      setSending(false);
      setAnswer(result);
    });
  };

  return (
    <>
      <VariantPrice say={say} variant={variant} offer={offer} freight={freight} now={now} />
      {product.options.map((option) => (
        <form key={option.name} method="get" action={urls.product} class="options">
          <fieldset>
            <legend>
              {nameIn(language, option)}
              <span class="chosen">{chosenValue(language, variant, option.name)}</span>
            </legend>
            {choicesOf(product, variant, option.name).map((choice) => (
              <OptionButton key={choice.value} language={language} choice={choice} say={say} choose={choose} />
            ))}
          </fieldset>
        </form>
      ))}
      <form method="post" action={urls.add} class="buy" onSubmit={send}>
        <input type="hidden" name="sku" value={variant?.sku ?? ''} />
        <QuantityField say={say} quantity={quantity} setQuantity={setQuantity} variant={variant} />
        <div class="buy-actions">
          <button type="submit" class="button quiet" disabled={!canBuy(variant)} aria-busy={isSending ? 'true' : undefined}>
            {say(words.addToCart)}
          </button>
          <button type="submit" class="button" name="next" value="checkout" disabled={!canBuy(variant)}>
            {say(words.buyNow)}
          </button>
        </div>
        {!canBuy(variant) && <p class="reason">{outWords(say, language, variant)}</p>}
        <output class="answer">{answer && <AnswerWords say={say} answer={answer} cartUrl={urls.cart} />}</output>
      </form>
      <Stores say={say} language={language} stores={stores} sku={variant?.sku} />
    </>
  );
}

function chosenValue(language: Language, variant: Variant | undefined, name: string): string {
  const option = variant?.options.find((one) => one.name === name);
  return option === undefined ? '' : nameIn(language, { name: option.value, nameEn: option.valueEn });
}

/** Names the choice that cannot be had, so that nobody thinks the whole product is gone. */
function outWords(say: Say, language: Language, variant: Variant | undefined): string {
  const choice = (variant?.options ?? [])
    .map(({ value, valueEn }) => nameIn(language, { name: value, nameEn: valueEn }))
    .join(' · ');
  return choice === '' ? say(words.outAll) : say(words.outReason, { choice });
}

interface PriceProps {
  say: Say;
  variant: Variant | undefined;
  offer: FlashPrice | undefined;
  freight: BuyBoxProps['freight'];
  now: string;
}

function VariantPrice({ say, variant, offer, freight, now }: PriceProps) {
  if (variant === undefined || variant.priceFen === null) return <p class="price-block">{say(common.soldOut)}</p>;
  const priceFen = offer?.flashFen ?? variant.priceFen;
  const listFen = offer ? variant.priceFen : variant.listFen;
  const isReduced = listFen !== null && listFen > priceFen;
  const endsAt = offer ? offer.endsAt : variant.priceEndsAt;
  return (
    <div class="price-block">
      <p class="amount-row">
        <Price say={say} fen={priceFen} listFen={listFen} tag={offer && flashFacts.price} />
        {isReduced && <span class="save"> {say(words.saves, { amount: formatMoney(listFen - priceFen) })}</span>}
      </p>
      {offer && <FlashFacts say={say} offer={offer} now={now} />}
      <p class="note">
        {isReduced && endsAt !== null && <>{say(common.markdownUntil, { at: formatInstant(endsAt) })} · </>}
        {say(words.taxIncluded)}
      </p>
      <p class="note">
        {priceFen >= freight.freeFromFen
          ? say(words.deliveryFree)
          : say(words.deliveryFee, { fee: formatMoney(freight.feeFen), freeFrom: formatMoney(freight.freeFromFen) })}
      </p>
    </div>
  );
}

/** How long and for how many: the real end by the server's clock, the real number left. */
function FlashFacts({ say, offer, now }: { say: Say; offer: FlashPrice; now: string }) {
  return (
    <p class="flash-facts">
      {offer.endsAt !== null && (
        <span data-js>
          {say(flashFacts.endsIn)} <Countdown site={{ say, now: new Date(now) }} until={offer.endsAt} />
        </span>
      )}
      <span>{say(flashFacts.left, { count: offer.left })}</span>
      {offer.unitsPerCustomer !== null && <span>{say(flashFacts.perBuyer, { count: offer.unitsPerCustomer })}</span>}
    </p>
  );
}

interface StoresProps {
  say: Say;
  language: Language;
  stores: readonly StoreStock[];
  sku: string | undefined;
}

/** What each store has of the chosen variant today. */
function Stores({ say, language, stores, sku }: StoresProps) {
  if (stores.length === 0 || sku === undefined) return null;
  const of = ({ variants }: StoreStock): number => variants.find((one) => one.sku === sku)?.available ?? 0;
  const having = stores.filter((store) => of(store) > 0).length;
  return (
    <details class="stores">
      <summary>{having === 0 ? say(words.noStore) : say(words.inStores, { count: having })}</summary>
      <ul>
        {stores.map((store) => (
          <li key={store.code}>
            <span>{nameIn(language, store)}</span>{' '}
            <span class={of(store) > 0 ? 'stock' : 'stock none'}>
              {of(store) === 0
                ? say(words.out)
                : of(store) <= 5
                  ? say(words.lastUnits, { count: of(store) })
                  : say(words.inStock)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface OptionButtonProps {
  language: Language;
  choice: OptionChoice;
  say: Say;
  choose: (event: Event, sku: string) => void;
}

/** A value that is not made cannot be pressed and says so; a sold-out one can be looked at and says so too. */
function OptionButton({ language, choice, say, choose }: OptionButtonProps) {
  const { sku, reason, isChosen } = choice;
  return (
    <button
      type="submit"
      name="sku"
      value={sku ?? ''}
      class={reason === undefined ? 'option' : 'option out'}
      aria-pressed={isChosen ? 'true' : 'false'}
      disabled={sku === undefined}
      onClick={(event: Event) => sku !== undefined && choose(event, sku)}
    >
      {nameIn(language, { name: choice.value, nameEn: choice.valueEn })}
      {reason !== undefined && <small>{say(reason === 'sold_out' ? words.out : words.noSuch)}</small>}
    </button>
  );
}

interface QuantityProps {
  say: Say;
  quantity: string;
  setQuantity: (text: string) => void;
  variant: Variant | undefined;
}

function QuantityField({ say, quantity, setQuantity, variant }: QuantityProps) {
  const available = variant?.available ?? 0;
  const step = (by: number) =>
    setQuantity(String(Math.min(Math.max(1, (Number(quantity) || 1) + by), Math.max(1, Math.min(available, 999)))));
  return (
    <div class="quantity">
      <label for="quantity">{say(words.quantity)}</label>
      <div class="stepper">
        <button type="button" data-js aria-label={say(words.less)} onClick={() => step(-1)}>
          −
        </button>
        <input
          id="quantity"
          name="quantity"
          type="number"
          inputMode="numeric"
          min="1"
          max="999"
          value={quantity}
          onInput={(event) => setQuantity(event.currentTarget.value)}
        />
        <button type="button" data-js aria-label={say(words.more)} onClick={() => step(1)}>
          +
        </button>
      </div>
      <p class={available > 0 ? 'stock' : 'stock none'}>{stockWords(say, variant)}</p>
    </div>
  );
}

/** Real numbers only: the rest is counted out when it is truly short. */
function stockWords(say: Say, variant: Variant | undefined): string {
  if (!canBuy(variant)) return say(common.soldOut);
  return variant.available <= 5 ? say(words.lastUnits, { count: variant.available }) : say(words.inStock);
}

function AnswerWords({ say, answer, cartUrl }: { say: Say; answer: NonNullable<Answer>; cartUrl: string }) {
  if ('trouble' in answer) return <span class="trouble">{answer.trouble}</span>;
  const { count, totalFen } = answer.added;
  return (
    <span class="done">
      <strong>{say(words.added)}</strong> {say(words.addedTotal, { count, total: formatMoney(totalFen) })}{' '}
      <a href={cartUrl}>{say(words.toCart)}</a>
    </span>
  );
}
