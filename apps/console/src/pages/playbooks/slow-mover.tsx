import { decisionExclusions } from '@tongshang/ui';
import { useMemo } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { percentOfBp } from '../../lib/level.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { linesOption } from '../../parts/chart-options.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/object-page.tsx';
import type { SlowMover } from './decision-page.tsx';
import { Contributions, RangeText, signed } from './shared.tsx';

const skuHref = (one: { sku: string }) => `/supply/stock/${encodeURIComponent(one.sku)}`;

/** Which stock has grown old without selling, and what was ruled out and why. */
export function SlowMoverCauseView({ decision: { cause } }: { decision: SlowMover }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const f = useFormat();
  return (
    <>
      <p className="finding">
        {words('decisions.slowFinding', {
          skus: cause.candidates.length,
          units: f.count(cause.stockUnits),
          cost: f.money(cause.stockCostFen),
          age: cause.stockAgeDays,
          share: percentOfBp(cause.sellThroughBelowBp),
        })}
      </p>
      <DataTable
        caption={words('decisions.candidates')}
        columns={[
          { key: 'sku', title: 'decisions.sku', show: (one, { name }) => `${one.sku} ${name(one)}` },
          { key: 'age', title: 'decisions.age', isNumber: true, show: (one) => f.count(one.ageDays) },
          { key: 'available', title: 'decisions.available', isNumber: true, show: (one) => f.count(one.available) },
          { key: 'sold', title: 'decisions.sold', isNumber: true, show: (one) => f.decimal(one.unitsSold, 0) },
          { key: 'through', title: 'decisions.sellThrough', isNumber: true, show: (one) => percentOfBp(one.sellThroughBp) },
        ]}
        rows={cause.candidates}
        rowKey={(one) => one.sku}
        href={skuHref}
      />
      {cause.excluded.length > 0 && (
        <details>
          <summary>{words('decisions.excluded', { count: cause.excluded.length })}</summary>
          <ul>
            {cause.excluded.map((one) => (
              <li key={one.sku}>
                {one.sku} {name(one)}: {term(decisionExclusions, one.why)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Contributions parts={cause.contributions} />
    </>
  );
}

/** How deep, how long, on which SKUs; the control group keeps its price so that the effect can be told from the season. */
export function SlowMoverProposalView({ decision: { proposal, expected, arms } }: { decision: SlowMover }) {
  const words = useWords();
  const f = useFormat();
  const { assumptions } = proposal;
  const units = (value: number): string => f.decimal(value, 0);
  return (
    <>
      <p className="finding">
        {words('decisions.slowProposal', {
          treated: proposal.treatedCount,
          control: proposal.controlCount,
          depth: percentOfBp(assumptions.depthBp),
          from: proposal.startsOn,
          to: proposal.endsOn,
        })}
      </p>
      <DataTable
        caption={words('decisions.options')}
        columns={[
          { key: 'kind', title: 'decisions.option', show: (one) => words(`decisions.option.${one.kind}`) },
          { key: 'depth', title: 'decisions.depth', isNumber: true, show: (one) => percentOfBp(one.depthBp) },
          { key: 'units', title: 'decisions.units', isNumber: true, show: (one) => <RangeText range={one.units} show={units} /> },
          {
            key: 'margin',
            title: 'decisions.margin',
            isNumber: true,
            show: (one) => <RangeText range={one.marginFen} show={f.moneyShort} />,
          },
        ]}
        rows={proposal.options}
        rowKey={(one) => one.kind}
      />
      <Facts
        facts={[
          [words('decisions.extraUnits'), <RangeText key="u" range={expected.extraUnits} show={units} />],
          [words('decisions.extraMargin'), <RangeText key="m" range={expected.extraMarginFen} show={f.money} />],
          [words('decisions.freed'), <RangeText key="f" range={expected.freedCostFen} show={f.money} />],
          [words('decisions.giveAway'), f.money(expected.giveAwayFen)],
          [
            words('decisions.elasticity'),
            <RangeText key="e" range={assumptions.elasticity} show={(value) => f.decimal(value, 1)} />,
          ],
          [words('decisions.window'), words('decisions.days', { days: assumptions.windowDays })],
          [words('decisions.seed'), <code key="s">{proposal.seed}</code>],
        ]}
      />
      <DataTable
        caption={words('decisions.arms')}
        columns={[
          { key: 'sku', title: 'decisions.sku', show: (one, { name }) => `${one.sku} ${name(one)}` },
          { key: 'arm', title: 'decisions.arm', show: (one) => words(`decisions.arm.${one.arm}`) },
          { key: 'old', title: 'decisions.oldPrice', isNumber: true, show: (one) => f.money(one.oldPriceFen) },
          {
            key: 'new',
            title: 'decisions.newPrice',
            isNumber: true,
            show: (one) => (one.newPriceFen === null ? words('decisions.unchanged') : f.money(one.newPriceFen)),
          },
          { key: 'floor', title: 'decisions.floor', isNumber: true, show: (one) => f.money(one.floorFen) },
          { key: 'available', title: 'decisions.available', isNumber: true, show: (one) => f.count(one.available) },
        ]}
        rows={arms}
        rowKey={(one) => one.sku}
        href={skuHref}
      />
    </>
  );
}

/** What it did: treated against control, the difference with its interval, or how it runs so far. */
export function SlowMoverEffectView({ decision }: { decision: SlowMover }) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  const { effect, live } = decision;
  const series = effect?.series ?? live;
  const title = words('decisions.unitsPerSku');
  const option = useMemo(
    () =>
      linesOption({
        labels: series.map(({ day }) => day.slice(5)),
        lines: [
          { name: words('decisions.arm.treated'), values: series.map(({ treated }) => treated) },
          { name: words('decisions.arm.control'), values: series.map(({ control }) => control), isPast: true },
        ],
        say: (units) => f.decimal(units, 2),
        grey: palette.textThird,
        ...(effect && { span: { from: effect.from.slice(5), to: effect.to.slice(5), name: words('decisions.window') } }),
      }),
    [series, effect, palette, words, f],
  );
  return (
    <>
      {effect === null && <p className="second">{words('decisions.notMeasured')}</p>}
      {effect && !effect.isEnough && <p className="notice">{words('decisions.tooLittle')}</p>}
      {effect && (
        <>
          <p className="finding">
            {words(effect.units.isSignificant ? 'decisions.effectClear' : 'decisions.effectUnclear', {
              units: signed(effect.units.total, f.decimal, 0),
              low: signed(effect.units.totalLow, f.decimal, 0),
              high: signed(effect.units.totalHigh, f.decimal, 0),
              confidence: percentOfBp(effect.confidenceBp),
            })}
          </p>
          <DataTable
            caption={words('decisions.measured')}
            columns={[
              { key: 'name', title: 'decisions.measure', show: (row) => row.name },
              { key: 'effect', title: 'decisions.difference', isNumber: true, show: (row) => row.effect },
              { key: 'interval', title: 'decisions.interval', isNumber: true, show: (row) => row.interval },
              {
                key: 'clear',
                title: 'decisions.certainty',
                show: (row) => words(row.isClear ? 'decisions.clear' : 'decisions.unclear'),
              },
            ]}
            rows={[
              {
                name: words('decisions.units'),
                effect: signed(effect.units.total, f.decimal, 0),
                interval: `${signed(effect.units.totalLow, f.decimal, 0)} … ${signed(effect.units.totalHigh, f.decimal, 0)}`,
                isClear: effect.units.isSignificant,
              },
              {
                name: words('decisions.margin'),
                effect: f.money(Math.round(effect.marginFen.total)),
                interval: `${f.money(Math.round(effect.marginFen.totalLow))} … ${f.money(Math.round(effect.marginFen.totalHigh))}`,
                isClear: effect.marginFen.isSignificant,
              },
            ]}
            rowKey={(row) => row.name}
          />
          <p className="third">
            {words('decisions.method', {
              treated: effect.treatedCount,
              control: effect.controlCount,
              before: effect.preDays,
              days: effect.windowDays,
              confidence: percentOfBp(effect.confidenceBp),
              at: f.instant(effect.measuredAt),
            })}
          </p>
        </>
      )}
      {series.length > 0 && (
        <Chart
          title={title}
          finding={title}
          option={option}
          table={{
            head: [words('decisions.day'), words('decisions.arm.treated'), words('decisions.arm.control')],
            rows: series.map((one) => [one.day, f.decimal(one.treated, 2), f.decimal(one.control, 2)]),
          }}
        />
      )}
    </>
  );
}
