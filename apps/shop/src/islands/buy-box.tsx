import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { useState } from 'preact/hooks';
import { freight } from '../lib/freight.ts';
import { type Language, nameIn } from '../lib/language.ts';
import { fill, type Values, type Word } from '../lib/say.ts';
import { canBuy, choicesOf, type OptionChoice, pickVariant } from '../lib/variants.ts';
import { Price } from '../parts/price.tsx';
import type { Product, Variant } from '../views.ts';
import { common } from '../words/common.ts';
import { product as words } from '../words/product.ts';
import { type Added, putInCart } from './put-in-cart.ts';

export interface BuyBoxProps {
  language: Language;
  product: Pick<Product, 'slug' | 'options' | 'variants'>;
  sku: string | undefined;
  urls: { product: string; add: string; cart: string };
}

type Say = (word: Word, values?: Values) => string;
type Answer = { added: Added } | { trouble: string } | undefined;

/** Price, choice, quantity and buttons. Two plain forms on the server; in the browser the same choice without a new page. */
export function BuyBox({ language, product, sku, urls }: BuyBoxProps) {
  const [chosenSku, setChosen] = useState(sku);
  const [quantity, setQuantity] = useState('1');
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const say: Say = (word, values) => fill(word, language, values);
  const variant = pickVariant(product, chosenSku);

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
      <VariantPrice say={say} variant={variant} />
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
        {!canBuy(variant) && <p class="reason">{say(words.outReason)}</p>}
        <output class="answer">{answer && <AnswerWords say={say} answer={answer} cartUrl={urls.cart} />}</output>
      </form>
    </>
  );
}

function chosenValue(language: Language, variant: Variant | undefined, name: string): string {
  const option = variant?.options.find((one) => one.name === name);
  return option === undefined ? '' : nameIn(language, { name: option.value, nameEn: option.valueEn });
}

function VariantPrice({ say, variant }: { say: Say; variant: Variant | undefined }) {
  if (variant === undefined || variant.priceFen === null) return <p class="price-block">{say(common.soldOut)}</p>;
  const { priceFen, listFen } = variant;
  const isReduced = listFen !== null && listFen > priceFen;
  return (
    <div class="price-block">
      <p class="amount-row">
        <Price say={say} fen={priceFen} listFen={listFen} />
        {isReduced && <span class="save"> {say(words.saves, { amount: formatMoney(listFen - priceFen) })}</span>}
      </p>
      <p class="note">
        {isReduced && variant.priceEndsAt !== null && (
          <>{say(common.markdownUntil, { at: formatInstant(variant.priceEndsAt) })} · </>
        )}
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
