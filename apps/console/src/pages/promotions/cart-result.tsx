import type { Adjustment, Missed, promotions, ReplyOf } from '@tongshang/contract';
import { missReasons, priceStages } from '@tongshang/ui';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';

type Result = ReplyOf<typeof promotions.previewPromotion>['carts'][number];

/** One cart without and with the rule, each line with what was taken off and why, and what gave nothing with its reason. */
export function CartResult({
  result,
  promotionId,
  name: ruleName,
}: {
  result: Result;
  promotionId: string | undefined;
  name: string;
}) {
  const words = useWords();
  const name = useName();
  const { money, count } = useFormat();
  const missText = useMissText();
  const { with: after, without: before } = result;
  const beforeOf = (key: string) => before.lines.find((line) => line.key === key);
  const lineName = (sku: string): string => (result.names[sku] ? name(result.names[sku]) : sku);
  const own = after.missed.find((one) => one.promotionId === promotionId || one.name === ruleName);
  return (
    <div className="stack-small">
      <p className="finding">
        {result.savedFen > 0
          ? words('promo.cartSaved', {
              amount: money(result.savedFen),
              before: money(before.totalFen),
              after: money(after.totalFen),
            })
          : words('promo.cartNothing', { total: money(after.totalFen) })}
      </p>
      {own && <p className="notice">{words('promo.whyNot', { reason: missText(own) })}</p>}
      {result.leftOut.length > 0 && <p className="notice">{words('promo.leftOut', { skus: result.leftOut.join(', ') })}</p>}
      <div className="table-area" role="region" aria-label={words('promo.cartTable')} tabIndex={0}>
        <table className="table table-compact">
          <caption className="hidden">{words('promo.cartTable')}</caption>
          <thead>
            <tr>
              <th scope="col">{words('promo.line')}</th>
              <th scope="col" className="number">
                {words('promo.without')}
              </th>
              <th scope="col" className="number">
                {words('promo.with')}
              </th>
            </tr>
          </thead>
          <tbody>
            {after.lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">
                  {lineName(line.sku)} × {count(line.quantity)}
                  {line.isGift && <span className="third"> {words('promo.isGift')}</span>}
                  <Adjustments adjustments={line.adjustments} />
                </th>
                <td className="number">{line.isGift ? '—' : money(beforeOf(line.key)?.amountFen)}</td>
                <td className="number">{money(line.amountFen)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <Sum label={words('promo.goods')} before={before.goodsFen} after={after.goodsFen} />
            <Sum label={words('promo.discount')} before={-before.discountFen} after={-after.discountFen} />
            <Sum label={words('promo.freight')} before={before.freightFen} after={after.freightFen} />
            <Sum label={words('promo.total')} before={before.totalFen} after={after.totalFen} />
          </tfoot>
        </table>
      </div>
      <OtherMisses missed={after.missed.filter((one) => one !== own)} />
    </div>
  );
}

function Sum({ label, before, after }: { label: string; before: number; after: number }) {
  const { money } = useFormat();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="number">{money(before)}</td>
      <td className="number">{money(after)}</td>
    </tr>
  );
}

function Adjustments({ adjustments }: { adjustments: readonly Adjustment[] }) {
  const name = useName();
  const term = useTerm();
  const { money } = useFormat();
  return adjustments.map((one) => (
    <div key={`${one.stage} ${one.promotionId} ${one.couponCode}`} className="third">
      {term(priceStages, one.stage)} · {name(one)}: {money(-one.amountFen)}
    </div>
  ));
}

/** Why something gave nothing, and what is missing: "¥40 more". */
function useMissText(): (missed: Missed) => string {
  const words = useWords();
  const term = useTerm();
  const { money, count } = useFormat();
  return ({ missingFen, missingUnits, reason }) => {
    if (missingFen !== undefined) return words('promo.missingFen', { amount: money(missingFen) });
    return missingUnits === undefined ? term(missReasons, reason) : words('promo.missingUnits', { units: count(missingUnits) });
  };
}

function OtherMisses({ missed }: { missed: readonly Missed[] }) {
  const words = useWords();
  const name = useName();
  const missText = useMissText();
  if (missed.length === 0) return null;
  return (
    <details>
      <summary>{words('promo.otherMisses', { count: missed.length })}</summary>
      <ul className="plain-list">
        {missed.map((one) => (
          <li key={`${one.promotionId} ${one.couponCode}`}>
            {name(one)}: <span className="second">{missText(one)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
