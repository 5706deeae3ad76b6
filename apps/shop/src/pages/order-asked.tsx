import { formatMoney } from '@tongshang/ui/format/money';
import { openQuestion, openSubstitutions } from '../lib/asked.ts';
import { langOf } from '../lib/language.ts';
import { orderUrl } from '../lib/urls.ts';
import type { Site } from '../site.ts';
import { orders as words } from '../words/orders.ts';
import type { OrderPageView } from './order.tsx';

interface Props {
  site: Site;
  view: OrderPageView;
}

/** What the house asks before the order goes on: a question, or whether something else may be sent. Nothing while it asks nothing. */
export function Asked({ site, view }: Props) {
  const question = openQuestion(view.order);
  const substitutions = openSubstitutions(view.order);
  if (question === undefined && substitutions.length === 0) return null;
  return (
    <section aria-labelledby="asked" class="panel asked">
      <h2 id="asked">{site.say(words.asked)}</h2>
      {question !== undefined && <Question site={site} view={view} question={question} />}
      {substitutions.map((one) => (
        <Substitution key={one.id} site={site} view={view} substitution={one} />
      ))}
    </section>
  );
}

function Hidden({ view: { token, key } }: { view: OrderPageView }) {
  return (
    <>
      {token !== undefined && <input type="hidden" name="token" value={token} />}
      <input type="hidden" name="key" value={key} />
    </>
  );
}

function Question({ site, view, question }: Props & { question: string }) {
  return (
    <form method="post" action={site.href(`${orderUrl(view.order.number)}/answers`)} data-once>
      <Hidden view={view} />
      <p class="question">
        <strong>{question}</strong>
      </p>
      <label for="answer">{site.say(words.yourAnswer)}</label>
      <textarea id="answer" name="answer" rows={3} maxLength={500} required />
      <button type="submit" class="button">
        {site.say(words.sendAnswer)}
      </button>
    </form>
  );
}

function Substitution({ site, view, substitution }: Props & { substitution: OrderPageView['order']['substitutions'][number] }) {
  const { sku, substituteSku, quantity, refundFen } = substitution;
  const nameOf = (code: string): string => {
    const shown = view.pictures.get(code);
    return shown === undefined ? code : site.nameOf(shown);
  };
  const text = site.say(words.substituteText, { item: nameOf(sku), other: nameOf(substituteSku), count: quantity });
  return (
    <form method="post" action={site.href(`${orderUrl(view.order.number)}/substitutions/${substitution.id}`)} data-once>
      <Hidden view={view} />
      <p lang={langOf(site.language, text)}>{text}</p>
      <p class="note">
        {refundFen > 0 ? site.say(words.substituteBack, { amount: formatMoney(refundFen) }) : site.say(words.substituteSame)}
      </p>
      <div class="actions">
        <button type="submit" class="button" name="answer" value="yes">
          {site.say(words.substituteYes)}
        </button>
        <button type="submit" class="button quiet" name="answer" value="no">
          {site.say(words.substituteNo)}
        </button>
      </div>
    </form>
  );
}
