import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf } from '@tongshang/contract';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { q } from '../../lib/api.ts';
import { csv } from '../../lib/csv.ts';
import { download } from '../../lib/download.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { linesOption } from '../../parts/chart-options.ts';
import { countsUnits } from './draft.ts';
import { Figure } from '../../parts/figure.tsx';

type Data = ReplyOf<typeof promotions.getPromotionResults>;
type Day = Data['byDay'][number];

const series = ['spentFen', 'goodsFen', 'marginFen', 'orders', 'units'] as const satisfies readonly (keyof Day)[];
type Series = (typeof series)[number];
const isMoney = (name: Series): boolean => name.endsWith('Fen');

/** What a promotion gave and what was sold with it: figures, then day by day. */
export function Results({ id }: { id: string }) {
  const words = useWords();
  const f = useFormat();
  const { data } = useSuspenseQuery(q(promotions.getPromotionResults, { params: { id } }));
  const { budgetFen } = data.promotion;
  const perYuan = data.spentFen === 0 ? null : data.marginFen / data.spentFen;
  const figure = (
    key: 'spent' | 'orders' | 'units' | 'customers' | 'goods' | 'margin',
    value: string,
    exact: string,
    note?: string,
  ) => (
    <Figure
      name={words(`promo.figure.${key}`)}
      definition={words(`promo.figureText.${key}`)}
      value={value}
      exact={exact}
      note={note}
    />
  );
  return (
    <>
      <div className="section-head">
        <h2>{words('promo.results')}</h2>
        <Button size="small" disabled={data.byDay.length === 0} onClick={() => exportDays(data, words)} data-export="">
          {words('promo.exportCsv')}
        </Button>
      </div>
      <div className="figures figures-flat">
        {figure(
          'spent',
          f.moneyShort(data.spentFen),
          f.money(data.spentFen),
          budgetFen === null
            ? words('promo.noBudget')
            : words('promo.ofBudget', { budget: f.money(budgetFen), share: f.percent(data.spentFen / budgetFen) }),
        )}
        {figure(
          'orders',
          f.compact(data.orders),
          f.count(data.orders),
          data.ordersReturned > 0 ? words('promo.ordersReturned', { count: data.ordersReturned }) : undefined,
        )}
        {countsUnits(data.promotion.then) && figure('units', f.compact(data.units), f.count(data.units))}
        {figure('customers', f.compact(data.customers), f.count(data.customers))}
        {figure('goods', f.moneyShort(data.goodsFen), f.money(data.goodsFen))}
        {figure(
          'margin',
          f.moneyShort(data.marginFen),
          f.money(data.marginFen),
          perYuan === null ? undefined : words('promo.perYuan', { amount: f.decimal(perYuan, 2) }),
        )}
      </div>
      {data.byDay.length === 0 ? <p className="second">{words('promo.noUsesYet')}</p> : <Days days={data.byDay} />}
    </>
  );
}

function Days({ days }: { days: readonly Day[] }) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  const [shown, setShown] = useState<Series>('spentFen');
  const option = useMemo(
    () =>
      linesOption({
        labels: days.map(({ day }) => day.slice(5)),
        lines: [{ name: words(`promo.day.${shown}`), values: days.map((day) => day[shown]) }],
        say: (value) => (isMoney(shown) ? f.moneyShort(value) : f.compact(value)),
        grey: palette.textThird,
      }),
    [days, shown, palette, words, f],
  );
  const best = days.reduce((most, day) => (day[shown] > most[shown] ? day : most));
  const say = (day: Day, name: Series): string => (isMoney(name) ? f.money(day[name]) : f.count(day[name]));
  return (
    <Chart
      title={words('promo.byDay')}
      finding={words('promo.bestDay', { what: words(`promo.day.${shown}`), day: best.day, value: say(best, shown) })}
      option={option}
      height={220}
      extra={
        <Segmented
          size="small"
          aria-label={words('promo.byDay')}
          value={shown}
          options={series.map((name) => ({ value: name, label: words(`promo.day.${name}`) }))}
          onChange={setShown}
        />
      }
      table={{
        head: [words('promo.dayName'), ...series.map((name) => words(`promo.day.${name}`))],
        rows: days.map((day) => [day.day, ...series.map((name) => say(day, name))]),
      }}
    />
  );
}

/** The days as a file for spreadsheets, money in yuan. */
function exportDays(data: Data, words: ReturnType<typeof useWords>): void {
  const head = [words('promo.dayName'), ...series.map((name) => words(`promo.day.${name}`))];
  const rows = data.byDay.map((day) => [
    day.day,
    ...series.map((name) => (isMoney(name) ? (day[name] / 100).toFixed(2) : String(day[name]))),
  ]);
  download(csv([head, ...rows]), `${data.promotion.number}.csv`);
}
