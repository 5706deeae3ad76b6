import { useMemo } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { percentOfBp } from '../../lib/level.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { linesOption } from '../../parts/chart-options.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/object-page.tsx';
import type { Cover } from './decision-page.tsx';
import { Contributions, RangeText } from './shared.tsx';

/** Why the SKU runs out: how it sells, what is there, what is on its way. */
export function CoverCauseView({ decision: { cause } }: { decision: Cover }) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  const title = words('decisions.salesByDay');
  const option = useMemo(
    () =>
      linesOption({
        labels: cause.sales.map(({ day }) => day.slice(5)),
        lines: [{ name: words('decisions.units'), values: cause.sales.map(({ units }) => units) }],
        say: (units) => f.decimal(units, Number.isInteger(units) ? 0 : 1),
        grey: palette.textThird,
        level: { value: cause.dailyUnits, name: words('decisions.perDay') },
      }),
    [cause, palette, words, f],
  );
  return (
    <>
      <p className="finding">
        {words('decisions.coverFinding', {
          daily: f.decimal(cause.dailyUnits, 1),
          available: f.count(cause.available),
          open: f.count(cause.openPurchase),
          days: cause.coverDays === null ? '—' : f.decimal(cause.coverDays, 1),
        })}
      </p>
      <Chart
        title={title}
        finding={title}
        option={option}
        height={220}
        table={{
          head: [words('decisions.day'), words('decisions.units')],
          rows: cause.sales.map(({ day, units }) => [day, f.decimal(units, 0)]),
        }}
      />
      <DataTable
        caption={words('decisions.stock')}
        columns={[
          { key: 'location', title: 'decisions.location', show: (one) => one.location },
          { key: 'onHand', title: 'decisions.onHand', isNumber: true, show: (one) => f.count(one.onHand) },
          { key: 'available', title: 'decisions.available', isNumber: true, show: (one) => f.count(one.available) },
        ]}
        rows={cause.stock}
        rowKey={(one) => one.location}
      />
      <Contributions parts={cause.contributions} />
    </>
  );
}

/** What to order, beside doing nothing: cost, cover, expected loss avoided, and the assumptions behind. */
export function CoverProposalView({ decision: { proposal, expected } }: { decision: Cover }) {
  const words = useWords();
  const f = useFormat();
  const { assumptions } = proposal;
  return (
    <>
      <p className="finding">
        {words('decisions.coverProposal', {
          quantity: f.count(proposal.quantity),
          supplier: proposal.supplier,
          amount: f.money(proposal.amountFen),
          day: proposal.expectedOn,
        })}
      </p>
      <DataTable
        caption={words('decisions.options')}
        columns={[
          { key: 'kind', title: 'decisions.option', show: (one) => words(`decisions.option.${one.kind}`) },
          { key: 'quantity', title: 'decisions.quantity', isNumber: true, show: (one) => f.count(one.quantity) },
          { key: 'amount', title: 'decisions.cost', isNumber: true, show: (one) => f.money(one.amountFen) },
          { key: 'cover', title: 'decisions.coverAfter', isNumber: true, show: (one) => f.decimal(one.coverAfterDays, 1) },
          {
            key: 'lost',
            title: 'decisions.lostUnits',
            isNumber: true,
            show: (one) => <RangeText range={one.lostUnits} show={(units) => f.decimal(units, 0)} />,
          },
          {
            key: 'margin',
            title: 'decisions.lostMargin',
            isNumber: true,
            show: (one) => <RangeText range={one.lostMarginFen} show={f.moneyShort} />,
          },
        ]}
        rows={proposal.options}
        rowKey={(one) => one.kind}
      />
      <Facts
        facts={[
          [words('decisions.avoidedMargin'), <RangeText key="m" range={expected.avoidedLostMarginFen} show={f.money} />],
          [words('decisions.coverAfter'), f.decimal(expected.coverAfterDays, 1)],
          [words('decisions.leadTime'), words('decisions.days', { days: assumptions.leadTimeDays })],
          [words('decisions.review'), words('decisions.days', { days: assumptions.reviewDays })],
          [words('decisions.serviceLevel'), percentOfBp(assumptions.serviceLevelBp)],
          [words('decisions.perDay'), `${f.decimal(assumptions.dailyUnits, 1)} ± ${f.decimal(assumptions.dailyDeviation, 1)}`],
          [words('decisions.orderUpTo'), f.decimal(proposal.orderUpTo, 0)],
          [words('decisions.safetyStock'), f.decimal(proposal.safetyStock, 0)],
          [words('decisions.pack'), words('decisions.packText', { pack: proposal.packSize, minimum: proposal.minimumQuantity })],
        ]}
      />
    </>
  );
}

/** What came of it: received, cover and stock-out days beside what was expected. */
export function CoverEffectView({ decision: { effect } }: { decision: Cover }) {
  const words = useWords();
  const f = useFormat();
  if (effect === null) return <p className="second">{words('decisions.notMeasured')}</p>;
  const rows = [
    {
      name: words('decisions.coverAfter'),
      expected: f.decimal(effect.expectedCoverDays, 1),
      measured: f.decimal(effect.coverAfterDays, 1),
    },
    {
      name: words('decisions.stockOutDays'),
      expected: f.decimal(effect.expectedStockOutDays, 1),
      measured: f.count(effect.stockOutDays),
    },
    { name: words('decisions.leadTime'), expected: f.count(effect.expectedLeadTimeDays), measured: f.count(effect.leadTimeDays) },
  ];
  return (
    <>
      <p className="finding">
        {words('decisions.coverEffect', { units: f.count(effect.receivedUnits), day: effect.receivedOn })}
      </p>
      <DataTable
        caption={words('decisions.measuredVsExpected')}
        columns={[
          { key: 'name', title: 'decisions.measure', show: (row) => row.name },
          { key: 'expected', title: 'decisions.expected', isNumber: true, show: (row) => row.expected },
          { key: 'measured', title: 'decisions.measured', isNumber: true, show: (row) => row.measured },
        ]}
        rows={rows}
        rowKey={(row) => row.name}
      />
      <p className="third">{words('decisions.measuredAt', { at: f.instant(effect.measuredAt) })}</p>
    </>
  );
}
