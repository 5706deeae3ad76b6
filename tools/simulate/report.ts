// What a simulation found, as lines for the terminal and as one page in both languages that needs nothing beside it. Pure.
import { barChart, escape, intervalMark, lineChart } from './charts.ts';
import type { DayFigures } from './figures.ts';
import { compare, type Compared, handlingOf, type Indicator, indicators, show, type Unit, valueOf } from './indicators.ts';
import { promises } from './promises.ts';
import type { RunResult } from './run.ts';

export interface Report {
  /** What was asked for, as it was asked: `--days 30 --seed 7`. */
  command: string;
  demand: { zh: string; en: string };
  results: readonly RunResult[];
}

/** The terminal's table: a column a policy, and the difference when there are two. */
export function printTable({ results }: Report): string[] {
  const [first, second] = results;
  if (first === undefined) return [];
  const rows = [
    ['', ...results.map(({ policy }) => policy.name), ...(second ? ['difference', '95 % interval', ''] : [])],
    ...(second ? compare(first.days, second.days).map(comparedCells) : indicators.map((one) => [one.en, show(valueOf(one, first.days), one.unit)])),
    ...handlingCells(results).map(({ en, cells }) => [en, ...cells]),
  ]; // prettier-ignore
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()); // prettier-ignore
}

const comparedCells = (one: Compared): string[] => [
  one.indicator.en,
  show(one.before, one.indicator.unit),
  show(one.after, one.indicator.unit),
  show(one.difference, one.indicator.unit, { isSigned: true }),
  intervalText(one),
  one.verdict,
];

const intervalText = ({ interval: { low, high }, indicator: { unit } }: Compared): string =>
  `${show(low, unit, { isSigned: true })} … ${show(high, unit, { isSigned: true })}`;

function handlingCells(results: readonly RunResult[]) {
  const found = results.map(({ days }) => handlingOf(days));
  const cells = (pick: (one: (typeof found)[number]) => number | undefined) => found.map((one) => show(pick(one), 'seconds'));
  return [
    { zh: '处理时长中位数 *', en: 'Handling, median *', cells: cells(({ median }) => median) },
    { zh: '处理时长 99 分位 *', en: 'Handling, p99 *', cells: cells(({ p99 }) => p99) },
  ];
}

/** The whole page. */
export function writePage(report: Report): string {
  const { results, command, demand } = report;
  const [first, second] = results;
  const days = first?.days ?? [];
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>通商仿真 · Tongshang simulation</title>
<style>${style}</style>
</head>
<body>
<input type="radio" name="language" id="zh" checked><label for="zh">中文</label>
<input type="radio" name="language" id="en"><label for="en">English</label>
<main>
<h1>${both('仿真报告', 'Simulation report')}</h1>
<p><code>npm run simulate -- ${escape(command)}</code></p>
<p>${both(demand.zh, demand.en)} · ${escape(days[0]?.day ?? '')} – ${escape(days.at(-1)?.day ?? '')} · ${both('上海时间', 'Asia/Shanghai')}</p>
${results.map(verdictOf).join('\n')}
<h2>${both('指标', 'Indicators')}</h2>
${second === undefined || first === undefined ? plainTable(results) : comparedTable(first, second)}
<p class="note">${both('* 实测：从付款到放行，含等人处理的订单；随机器而变。同一种子的需求与一切抽签完全相同；同一时刻几张订单争同一件货、同一批拣货时，谁先谁后可能不同，个别数字会差一两单。', '* Measured: from paid to released, orders that waited for a person included; it varies with the machine. The same seed is the same demand and the same draws; who is first when orders of the same moment want the same unit or pick list may differ, and with it a figure by an order or two.')}</p>
<p class="note">${both('晚发：包裹离开时已过为兑现承诺日期必须离开的时刻。满足率：卖出件数 ÷ 想买件数。无人来取：自提过期 ÷（已取＋过期）。', 'Sent late: the parcel left after the hour by which it had to, to be there on the promised day. Fill rate: units sold ÷ units wanted. Nobody came: pick-ups lapsed ÷ (collected + lapsed).')}</p>
<h2>${both('逐日', 'Day by day')}</h2>
${indicators.map((indicator) => figureOf(indicator, results)).join('\n')}
<h2>${both('订单处理时长 *', 'Order handling time *')}</h2>
${handlingChart(results)}
<h2>${both('异常：员工的决定', 'Exceptions: what staff decided')}</h2>
${decidedTable(results)}
<h2>${both('承诺', 'Promises')}</h2>
<p>${both('每个模拟日结束时逐条核对：', 'Looked at when each simulated day is over:')}</p>
<ul>${promises.map(({ zh, en }) => `<li>${both(zh, en)}</li>`).join('')}</ul>
</main>
</body>
</html>
`;
}

const both = (zh: string, en: string): string => `<span lang="zh-CN">${escape(zh)}</span><span lang="en">${escape(en)}</span>`;

/** How many orders it was, and what they cost: wall time, and processor time of every process that took part. */
export function costOf({ policy, days, seconds, cpuSeconds }: RunResult): string {
  const orders = ordersOf(days);
  const cpu = cpuSeconds === undefined || orders === 0 ? '' : `, ${cpuSeconds.toFixed(0)} s of processor time: ${((1000 * cpuSeconds) / orders).toFixed(0)} ms an order`; // prettier-ignore
  return `${policy.name}: ${orders} orders in ${days.length} days, ${seconds.toFixed(0)} s${cpu}`;
}

const ordersOf = (days: readonly DayFigures[]): number => days.reduce((sum, { orders }) => sum + orders, 0);

function verdictOf({ policy, broken, days, seconds, cpuSeconds }: RunResult): string {
  const cpu =
    cpuSeconds === undefined ? '' : ` · ${both(`处理器 ${cpuSeconds.toFixed(0)} s`, `${cpuSeconds.toFixed(0)} s of processor`)}`;
  const run = `${escape(policy.name)} · ${days.length} ${both('天', 'days')} · ${ordersOf(days)} ${both('单', 'orders')} · ${seconds.toFixed(0)} s${cpu}`;
  if (broken === undefined) return `<p class="kept">✓ ${run} · ${both('所有承诺都守住了', 'every promise held')}</p>`;
  const items = broken.promises.map(
    ({ name, zh, en, rows }) =>
      `<li>${both(zh, en)} <code>${escape(name)}</code><pre>${rows.map((row) => escape(JSON.stringify(row))).join('\n')}</pre></li>`,
  );
  return `<div class="broken"><p>✗ ${run} · ${both(`${broken.day} 失守`, `broken on ${broken.day}`)}</p><ul>${items.join('')}</ul></div>`;
}

function plainTable(results: readonly RunResult[]): string {
  const rows = indicators.map(({ zh, en, ...one }) =>
    rowOf(both(zh, en), results.map(({ days }) => show(valueOf({ zh, en, ...one }, days), one.unit))),
  ); // prettier-ignore
  return tableOf(results.map(({ policy }) => escape(policy.name)), [...rows, ...handlingRows(results)]); // prettier-ignore
}

function comparedTable(first: RunResult, second: RunResult): string {
  const verdicts = {
    better: both('更好', 'better'),
    worse: both('更差', 'worse'),
    different: both('不同', 'different'),
    unclear: both('看不出差别', 'no clear difference'),
  };
  const rows = compare(first.days, second.days).map((one) => {
    const [, before = '', after = '', difference = '', interval = ''] = comparedCells(one);
    const mark = intervalMark(one.difference, one.interval);
    return rowOf(both(one.indicator.zh, one.indicator.en), [
      before,
      after,
      difference,
      `${mark}<br>${interval}`,
      verdicts[one.verdict],
    ]);
  });
  const heads = [
    escape(first.policy.name),
    escape(second.policy.name),
    both('差', 'Difference'),
    both('95 % 区间', '95 % interval'),
    '',
  ];
  return (
    tableOf(heads, [...rows, ...handlingRows([first, second])]) +
    `<p class="note">${both('两个方案遇到完全相同的需求；区间由按天成对、至多五天一组的两千次重抽样得出（循环块自助法），不足十天时偏窄。', 'Both policies met the same demand; intervals by 2,000 resamplings of paired days in blocks of up to five (circular block bootstrap); of fewer than ten days they are too narrow.')}</p>`
  );
}

const handlingRows = (results: readonly RunResult[]): string[] =>
  handlingCells(results).map(({ zh, en, cells }) => rowOf(both(zh, en), cells));
/** Reasons for which orders stood in the queue, in the words of the console, and how many of each a person decided about. */
const reasonWords: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  address_incomplete: ['地址不全', 'Address incomplete'],
  remark: ['买家留言', 'Remark'],
  large_amount: ['大额', 'Large amount'],
  risk_score: ['风险分', 'Risk score'],
  no_location: ['无处可发', 'No location has it'],
  back_order: ['等待到货', 'Waits for stock'],
  parcel_late: ['包裹晚到', 'Parcel late'],
  payment_wrong_amount: ['付款金额不符', 'Wrong amount paid'],
  payment_refunded: ['已退款', 'Refunded'],
  refund_failed: ['退款失败', 'Refund failed'],
};

function decidedTable(results: readonly RunResult[]): string {
  const reasons = [...new Set(results.flatMap(({ days }) => days.flatMap(({ decided }) => Object.keys(decided))))].toSorted();
  if (reasons.length === 0) return `<p>${both('没有订单需要人处理', 'No order needed a person')}</p>`;
  const countOf = (days: readonly DayFigures[], reason: string) => days.reduce((sum, { decided }) => sum + (decided[reason] ?? 0), 0); // prettier-ignore
  const rows = reasons.map((reason) => {
    const [zh, en] = reasonWords[reason] ?? [reason, reason];
    return rowOf(both(zh, en), results.map(({ days }) => String(countOf(days, reason)))); // prettier-ignore
  });
  return tableOf(results.map(({ policy }) => escape(policy.name)), rows); // prettier-ignore
}

const rowOf = (head: string, cells: readonly string[]): string =>
  `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const tableOf = (heads: readonly string[], rows: readonly string[]): string =>
  `<table><thead><tr><td></td>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

function figureOf({ zh, en, unit, ...one }: Indicator, results: readonly RunResult[]): string {
  const of = (day: DayFigures) => valueOf({ zh, en, unit, ...one }, [day]);
  const chart = lineChart({
    title: `${zh} · ${en}`,
    labels: (results[0]?.days ?? []).map(({ day }) => day.slice(5)),
    series: results.map(({ policy, days }) => ({ name: policy.name, values: days.map(of) })),
    show: (value) => axis(value, unit),
    fromZero: unit !== 'share' || !['fill_rate', 'untouched_share'].includes(one.name),
  });
  return `<figure><figcaption>${both(zh, en)}</figcaption>${chart}</figure>`;
}

/** Shorter than in a table: an axis has many of them. */
function axis(value: number, unit: Unit): string {
  if (unit === 'share') return `${Number((value * 100).toFixed(1))} %`;
  if (unit === 'fen') return value >= 1_000_000 ? `¥${Number((value / 100_000).toFixed(1))}k` : `¥${Math.round(value / 100)}`;
  return String(Number(value.toFixed(2)));
}

const bands = [
  { below: 0.5, zh: '< 0.5 s', en: '< 0.5 s' },
  { below: 2, zh: '< 2 s', en: '< 2 s' },
  { below: 10, zh: '< 10 s', en: '< 10 s' },
  { below: 3600, zh: '< 1 h', en: '< 1 h' },
  { below: 14_400, zh: '< 4 h', en: '< 4 h' },
  { below: Number.POSITIVE_INFINITY, zh: '≥ 4 h', en: '≥ 4 h' },
];

/** Shares of the orders by how long they waited: below half a second, two, ten … */
function handlingChart(results: readonly RunResult[]): string {
  const all = results.map(({ policy, days }) => ({ name: policy.name, seconds: days.flatMap((day) => day.handlingSeconds) }));
  const bars = bands.map(({ below, en }, index) => {
    const from = bands[index - 1]?.below ?? Number.NEGATIVE_INFINITY;
    const shares = all.map(({ name, seconds }) => ({
      name,
      share: seconds.length === 0 ? 0 : seconds.filter((one) => one >= from && one < below).length / seconds.length,
    }));
    return { label: en, shares };
  });
  return `<figure>${barChart('订单处理时长 · Order handling time', bars)}</figure>`;
}

const style = `
:root { color: #1c1f23; background: #fff; font: 16px/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
main { clear: both; }
label { margin-right: 1rem; }
body:has(#zh:checked) [lang="en"], body:has(#en:checked) main [lang="zh-CN"] { display: none; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid #ccd1d7; text-align: right; vertical-align: top; }
th[scope="row"] { text-align: left; font-weight: 500; }
figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-weight: 600; }
svg { max-width: 100%; height: auto; } svg text { font-size: 12px; fill: #1c1f23; } svg .grid { stroke: #b9c0c8; stroke-width: 1; }
.kept { color: #14622f; font-weight: 600; } .broken { color: #9b1c1c; border-left: 4px solid; padding-left: 1rem; }
.note { color: #4d555e; font-size: .9rem; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
@media print { input, label { display: none; } body { max-width: none; padding: 0; } a { color: inherit; } }
`;
