// A chart as vectors, for paper: lines along a calendar, bars for what is compared. Pure.
import { family } from '../../../platform/paper.ts';
import { type Chart, writeCell } from './sheet.ts';

const colours = ['#1f5fbf', '#b35c00', '#08796b', '#7a3ea8', '#8a8a8a'];
const axisWidth = 62;
const labelsMax = 10;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Size {
  width: number;
  height: number;
}

/** An SVG of this size in points, figures written as in the table beside it. */
export const drawChart = (chart: Chart, size: Size): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">${
    chart.kind === 'lines' ? drawLines(chart, size) : drawBars(chart, size)
  }</svg>`;

/** Round steps from the smallest to the largest value, zero among them. */
export function ticksOf(values: readonly number[], count = 4): number[] {
  const low = Math.min(0, ...values);
  const top = Math.max(0, ...values);
  const high = low === top ? 1 : top;
  const span = high - low;
  const power = 10 ** Math.floor(Math.log10(span / count));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power * count >= span) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.floor(low / step); index * step < high + step; index += 1) ticks.push(index * step);
  return ticks;
}

const write = (x: number, y: number, words: string, { anchor = 'start', colour = '#444' } = {}): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="${family}" font-size="7" fill="${colour}" text-anchor="${anchor}">${escape(words)}</text>`;

function drawLines({ labels, series, unit }: Chart, { width, height }: Size): string {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const ticks = ticksOf(known);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const [top, bottom] = [14, height - 14];
  const xOf = (index: number): number => axisWidth + ((width - axisWidth - 6) * index) / Math.max(1, labels.length - 1);
  const yOf = (value: number): number => bottom - ((bottom - top) * (value - low)) / (high - low);
  const grid = ticks.map((tick) => {
    const y = yOf(tick).toFixed(1);
    return `<line x1="${axisWidth}" y1="${y}" x2="${width - 6}" y2="${y}" stroke="#dddddd" stroke-width="0.5"/>${write(axisWidth - 4, yOf(tick) + 2.5, writeCell(tick, unit), { anchor: 'end' })}`;
  });
  const every = Math.max(1, Math.ceil(labels.length / labelsMax));
  const names = labels.flatMap((label, index) =>
    index % every === 0 ? [write(xOf(index), height - 3, label, { anchor: sideOf(index, labels.length) })] : [],
  );
  const lines = series.map(({ values }, index) => {
    const colour = colours[index % colours.length] ?? '#000';
    return `<path d="${pathOf(values, xOf, yOf)}" fill="none" stroke="${colour}" stroke-width="1.2"${index > 0 ? ` stroke-dasharray="${2 + index} 2"` : ''}/>`;
  });
  const legend = series.map(({ name }, index) =>
    write(axisWidth + index * 150, 8, name, { colour: colours[index % colours.length] ?? '#000' }),
  );
  return [...grid, ...names, ...lines, ...legend].join('');
}

/** The first and the last label stay inside. */
const sideOf = (index: number, count: number): 'start' | 'middle' | 'end' =>
  index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle';

/** A gap stays a gap. */
function pathOf(values: readonly (number | null)[], xOf: (index: number) => number, yOf: (value: number) => number): string {
  let isOpen = false;
  return values
    .map((value, index) => {
      const command = isOpen ? 'L' : 'M';
      isOpen = value !== null;
      return value === null ? '' : `${command}${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}`;
    })
    .join(' ')
    .trim();
}

function drawBars({ labels, series, unit }: Chart, { width, height }: Size): string {
  const values = series[0]?.values ?? [];
  const most = Math.max(1e-9, ...values.map((value) => Math.abs(value ?? 0)));
  const step = height / Math.max(1, labels.length);
  const left = 130;
  const room = width - left - 70;
  return labels
    .map((label, index) => {
      const value = values[index] ?? null;
      const y = index * step;
      const long = (room * Math.abs(value ?? 0)) / most;
      const colour = (value ?? 0) < 0 ? '#b35c00' : '#1f5fbf';
      return [
        write(left - 5, y + step / 2 + 2.5, label.length > 18 ? `${label.slice(0, 17)}…` : label, { anchor: 'end' }),
        `<rect x="${left}" y="${(y + step * 0.15).toFixed(1)}" width="${Math.max(0.5, long).toFixed(1)}" height="${(step * 0.7).toFixed(1)}" fill="${colour}"/>`,
        write(left + long + 4, y + step / 2 + 2.5, writeCell(value, unit)),
      ].join('');
    })
    .join('');
}
