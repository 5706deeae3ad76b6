// Reads back what our own paper says, for tests: the text by the fonts' own tables, and the bars by their strokes.
import { inflateSync } from 'node:zlib';

interface Page {
  width: number;
  height: number;
  text: string;
  /** The bars of the page's Code 128: where each begins and how wide it is. */
  bars: { x: number; width: number }[];
}

/** The pages of a PDF that `draw` made. */
export function readPdf(bytes: Buffer): Page[] {
  const objects = objectsIn(bytes);
  return [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head)).map(({ head }) => readPage(objects, head));
}

interface Part {
  head: string;
  stream: Buffer | undefined;
}

function objectsIn(bytes: Buffer): Map<string, Part> {
  const text = bytes.toString('latin1');
  const objects = new Map<string, Part>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', body = ''] = match;
    const at = body.indexOf('stream\n');
    const head = at === -1 ? body : body.slice(0, at);
    const raw = at === -1 ? undefined : Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1');
    objects.set(id, { head, stream: raw !== undefined && head.includes('FlateDecode') ? inflateSync(raw) : raw });
  }
  return objects;
}

const refIn = (head: string, name: string): string => new RegExp(String.raw`/${name} (\d+) 0 R`).exec(head)?.[1] ?? '';

function readPage(objects: Map<string, Part>, head: string): Page {
  const [, width = '0', height = '0'] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(head) ?? [];
  const resources = objects.get(refIn(head, 'Resources'))?.head ?? head;
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, glyphsOf(objects, id)]),
  );
  const content = objects.get(refIn(head, 'Contents'))?.stream?.toString('latin1') ?? '';
  return { width: Number(width), height: Number(height), text: textOf(content, fonts), bars: barsOf(content) };
}

/** Glyph number → letters, as the font's ToUnicode table says. */
function glyphsOf(objects: Map<string, Part>, fontId: string): Map<number, string> {
  const table = objects.get(refIn(objects.get(fontId)?.head ?? '', 'ToUnicode'))?.stream?.toString('latin1') ?? '';
  const glyphs = new Map<number, string>();
  for (const [, first = '0', , letters = ''] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi))
    for (const [index, [, code = '']] of [...letters.matchAll(/<([0-9a-f ]+)>/gi)].entries())
      glyphs.set(Number.parseInt(first, 16) + index, Buffer.from(code.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
  return glyphs;
}

function textOf(content: string, fonts: Map<string, Map<number, string>>): string {
  let glyphs = new Map<number, string>();
  const lines: string[] = [];
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\]) TJ/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map<number, string>();
    if (shown === undefined) continue;
    const codes = [...shown.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
    lines.push(codes.map((code) => glyphs.get(Number.parseInt(code, 16)) ?? '').join(''));
  }
  return lines.join('').replaceAll(/\s+/g, ' ');
}

/** The upright strokes that stand side by side from the same line to the same line: the most of them are the bars of the code. */
function barsOf(content: string): Page['bars'] {
  const strokes: { x: number; width: number; ends: string }[] = [];
  let width = 0;
  for (const [, set, x1, y1, x2, y2] of content.matchAll(/([\d.]+) w\n|([\d.-]+) ([\d.-]+) m\n([\d.-]+) ([\d.-]+) l\b/g)) {
    if (set !== undefined) width = Number(set);
    else if (x1 !== undefined && x1 === x2 && y1 !== y2) strokes.push({ x: Number(x1) - width / 2, width, ends: `${y1} ${y2}` });
  }
  const [bars = []] = [...Map.groupBy(strokes, ({ ends }) => ends).values()].toSorted((a, b) => b.length - a.length);
  return bars.map(({ x, width: wide }) => ({ x, width: wide })).toSorted((a, b) => a.x - b.x);
}

const patterns =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'.split(
    ' ',
  );
const [codeC, codeB, startB, startC] = [99, 100, 104, 105];

/** What a scanner would read from these bars (Code 128, sets B and C); undefined when it would refuse. */
export function readCode128(bars: Page['bars']): string | undefined {
  const last = bars.at(-1);
  if (last === undefined) return undefined;
  const unit = Math.min(...bars.map(({ width }) => width));
  const widths = bars.flatMap(({ x, width }, index) => {
    const gap = (bars[index + 1]?.x ?? 0) - x - width;
    return index === bars.length - 1 ? [width] : [width, gap];
  });
  const modules = widths.map((width) => Math.round(width / unit)).join('');
  if (!modules.endsWith('2331112')) return undefined;
  const values = (modules.slice(0, -7).match(/.{6}/g) ?? []).map((pattern) => patterns.indexOf(pattern));
  const check = values.at(-1);
  const body = values.slice(0, -1);
  const sum = body.reduce((total, value, index) => total + value * Math.max(1, index), 0);
  return values.includes(-1) || sum % 103 !== check ? undefined : lettersOf(body);
}

function lettersOf(values: readonly number[]): string {
  let set = '';
  let text = '';
  for (const value of values) {
    if (value === startB || (set === 'C' && value === codeB)) set = 'B';
    else if (value === startC || (set === 'B' && value === codeC)) set = 'C';
    else text += set === 'C' ? String(value).padStart(2, '0') : String.fromCharCode(value + 32);
  }
  return text;
}
