import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import type { Promotion } from './editor-page.tsx';

/** What is spent of the budget, as a bar with its figures; without a budget the figure alone. */
export function BudgetBar({ promotion: { balance, budgetFen } }: { promotion: Pick<Promotion, 'balance' | 'budgetFen'> }) {
  const words = useWords();
  const { money, percent } = useFormat();
  if (budgetFen === null)
    return (
      <span>
        {money(balance.spentFen)} <span className="third">{words('promo.noBudget')}</span>
      </span>
    );
  const share = Math.min(1, balance.spentFen / budgetFen);
  return (
    <span className="budget">
      <span>
        {money(balance.spentFen)} <span className="third">{percent(share)}</span>
      </span>
      <span className="budget-bar" aria-hidden="true">
        <span className={share >= 0.9 ? 'budget-part nearly' : 'budget-part'} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="third">{words('promo.ofBudgetOnly', { budget: money(budgetFen) })}</span>
    </span>
  );
}

/** Uses or units taken, with what they are limited to. */
export function TakenOf({ taken, left }: { taken: number; left: number | null }) {
  const { count } = useFormat();
  return (
    <>
      {count(taken)}
      {left !== null && <span className="third"> / {count(taken + left)}</span>}
    </>
  );
}
