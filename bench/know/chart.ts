// What an answer costs as rows grow: a picture and the same as text.
export interface Series {
  name: string;
  /** Milliseconds it may take. */
  goalMs: number;
  points: readonly { rows: number; ms: number }[];
}

const size = { width: 720, height: 420, left: 70, right: 200, top: 20, bottom: 50 };
const colours = ['#1668dc', '#d4380d', '#389e0d', '#722ed1', '#d48806', '#08979c'];
const millions = (rows: number): string => `${Math.round(rows / 1e6)} M`;

/** Both axes by tenfold steps: a straight line that climbs one step a step is a cost in proportion to the rows. */
export function drawSvg(series: readonly Series[]): string {
  const points = series.flatMap((one) => one.points);
  const [rowsMin, rowsMax] = [Math.min(...points.map(({ rows }) => rows)), Math.max(...points.map(({ rows }) => rows))];
  const msMax = 10 ** Math.ceil(Math.log10(Math.max(...points.map(({ ms }) => ms), ...series.map(({ goalMs }) => goalMs))));
  const x = (rows: number) =>
    size.left + ((size.width - size.left - size.right) * Math.log10(rows / rowsMin)) / Math.max(1, Math.log10(rowsMax / rowsMin));
  const y = (ms: number) =>
    size.height - size.bottom - ((size.height - size.top - size.bottom) * Math.log10(Math.max(1, ms))) / Math.log10(msMax);
  const text = (left: number, top: number, words: string, more = '') =>
    `<text x="${left.toFixed(0)}" y="${top.toFixed(0)}" font-size="12" ${more}>${words}</text>`;
  const line = (from: readonly [number, number], to: readonly [number, number], more: string) =>
    `<line x1="${from[0].toFixed(1)}" y1="${from[1].toFixed(1)}" x2="${to[0].toFixed(1)}" y2="${to[1].toFixed(1)}" ${more}/>`;

  const grid: string[] = [];
  for (let ms = 1; ms <= msMax; ms *= 10) {
    grid.push(line([size.left, y(ms)], [size.width - size.right, y(ms)], 'stroke="#ddd"'));
    grid.push(text(size.left - 8, y(ms) + 4, ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`, 'text-anchor="end"'));
  }
  for (const rows of new Set(points.map((point) => point.rows)))
    grid.push(text(x(rows), size.height - size.bottom + 20, `${millions(rows)} events`, 'text-anchor="middle"'));
  const lines = series.flatMap(({ name, goalMs, points: own }, index) => {
    const colour = colours[index % colours.length] ?? '#000';
    const path = own.map(({ rows, ms }) => `${x(rows).toFixed(1)},${y(ms).toFixed(1)}`).join(' ');
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...own.map(({ rows, ms }) => `<circle cx="${x(rows).toFixed(1)}" cy="${y(ms).toFixed(1)}" r="4" fill="${colour}"/>`),
      line(
        [size.left, y(goalMs)],
        [size.width - size.right, y(goalMs)],
        `stroke="${colour}" stroke-dasharray="3 5" opacity="0.6"`,
      ),
      text(size.width - size.right + 14, size.top + 16 + index * 34, name, `fill="${colour}"`),
      text(
        size.width - size.right + 14,
        size.top + 30 + index * 34,
        `goal ${goalMs} ms (dotted)`,
        `fill="${colour}" opacity="0.7"`,
      ),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...grid,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

/** A row a size, a column a series. */
export function drawTable(series: readonly Series[]): string {
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(({ rows }) => rows)))].toSorted((a, b) => a - b);
  const cell = (one: Series, rows: number): string => {
    const point = one.points.find((candidate) => candidate.rows === rows);
    return point === undefined ? '' : `${point.ms.toFixed(0)} ms`;
  };
  return [
    `| events | ${series.map(({ name, goalMs }) => `${name} (≤ ${goalMs} ms)`).join(' | ')} |`,
    `| --- |${' --- |'.repeat(series.length)}`,
    ...sizes.map((rows) => `| ${millions(rows)} | ${series.map((one) => cell(one, rows)).join(' | ')} |`),
  ].join('\n');
}
