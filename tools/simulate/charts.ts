// Charts as SVG text: no script, no file beside them, readable in black and white. Pure.

export interface Series {
  name: string;
  values: readonly (number | undefined)[];
}

export interface Chart {
  title: string;
  /** One for each place on the x axis. */
  labels: readonly string[];
  series: readonly Series[];
  show: (value: number) => string;
  /** The y axis begins at zero unless the figures lie so close together that nothing would be seen. */
  fromZero?: boolean;
}

const size = { width: 720, height: 240, left: 70, right: 100, top: 16, bottom: 30 };
const dashes = ['', '7 4'];
const colours = ['#0b5cad', '#b3470f'];

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Round steps that hold the figures: 0, 50, 100, 150. */
export function ticksOf(low: number, high: number, count = 4): number[] {
  const span = high > low ? high - low : Math.max(1, Math.abs(high));
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Lines over days; each line carries its name at its end, and its own dash. */
export function lineChart({ title, labels, series, show, fromZero = true }: Chart): string {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const ticks = ticksOf(fromZero ? Math.min(0, ...known) : Math.min(...known), Math.max(...known, 0));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const x = (index: number) => size.left + (labels.length < 2 ? inner.width / 2 : (inner.width * index) / (labels.length - 1));
  const y = (value: number) => size.top + inner.height * (1 - (value - low) / (high - low));
  const grid = ticks.map(
    (tick) =>
      `<line x1="${size.left}" x2="${size.left + inner.width}" y1="${n(y(tick))}" y2="${n(y(tick))}" class="grid"/>` +
      `<text x="${size.left - 6}" y="${n(y(tick) + 4)}" text-anchor="end">${escape(show(tick))}</text>`,
  );
  const every = Math.max(1, Math.ceil(labels.length / 8));
  const dates = labels.map((label, index) =>
    index % every === 0 ? `<text x="${n(x(index))}" y="${size.height - 8}" text-anchor="middle">${escape(label)}</text>` : '',
  );
  const ends = spread(series.map(({ values }) => y(values.findLast((value) => value !== undefined) ?? low)));
  const lines = series.map(({ name, values }, index) => {
    const points = values.flatMap((value, at) => (value === undefined ? [] : [`${n(x(at))},${n(y(value))}`]));
    const look = `stroke="${colours[index % 2] ?? ''}" stroke-dasharray="${dashes[index % 2] ?? ''}"`;
    const dots = points.length === 1 ? points.map((point) => `<circle cx="${point.split(',')[0] ?? ''}" cy="${point.split(',')[1] ?? ''}" r="3" fill="${colours[index % 2] ?? ''}"/>`) : []; // prettier-ignore
    return (
      `<polyline points="${points.join(' ')}" fill="none" stroke-width="2" ${look}/>${dots.join('')}` +
      `<text x="${size.left + inner.width + 6}" y="${n((ends[index] ?? 0) + 4)}" fill="${colours[index % 2] ?? ''}">${escape(name)}</text>`
    );
  });
  return svg(title, [...grid, ...dates, ...lines], size.height);
}

/** How a figure lies between others on a scale of powers of ten: bars of shares, each with its number. */
export function barChart(
  title: string,
  bars: readonly { label: string; shares: readonly { name: string; share: number }[] }[],
): string {
  const rowHeight = 16;
  const inner = size.width - size.left - size.right;
  let top = 8;
  const rows = bars.flatMap(({ label, shares }) => {
    const at = top;
    top += shares.length * rowHeight + 8;
    return [
      `<text x="${size.left - 6}" y="${at + 12}" text-anchor="end">${escape(label)}</text>`,
      ...shares.map(({ name, share }, index) => {
        const width = n(Math.max(share > 0 ? 1 : 0, inner * share));
        const text = `${(share * 100).toFixed(1)} %${shares.length > 1 ? ` ${escape(name)}` : ''}`;
        return (
          `<rect x="${size.left}" y="${at + index * rowHeight}" width="${width}" height="${rowHeight - 3}" fill="${colours[index % 2] ?? ''}"/>` +
          `<text x="${n(size.left + Number(width) + 5)}" y="${at + index * rowHeight + 11}">${text}</text>`
        );
      }),
    ];
  });
  return svg(title, rows, top);
}

/** A difference with its interval, and zero; for a table's cell. */
export function intervalMark(difference: number, { low, high }: { low: number; high: number }): string {
  const reach = Math.max(Math.abs(low), Math.abs(high), Math.abs(difference), Number.MIN_VALUE) * 1.1;
  const x = (value: number) => n(80 + (76 * value) / reach);
  return (
    `<svg viewBox="0 0 160 18" width="160" height="18" aria-hidden="true"><line x1="80" x2="80" y1="1" y2="17" class="grid"/>` +
    `<line x1="${x(low)}" x2="${x(high)}" y1="9" y2="9" stroke="#222" stroke-width="2"/><circle cx="${x(difference)}" cy="9" r="4" fill="#222"/></svg>`
  );
}

const svg = (title: string, parts: readonly string[], height: number): string =>
  `<svg viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escape(title)}"><title>${escape(title)}</title>${parts.join('')}</svg>`;

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** Names at the ends of lines that meet are pushed apart. */
function spread(places: readonly number[]): number[] {
  const [first = 0, second] = places;
  if (second === undefined || Math.abs(first - second) >= 14) return [...places];
  const middle = (first + second) / 2;
  return first <= second ? [middle - 7, middle + 7] : [middle + 7, middle - 7];
}
