// Reads back what our own paper says, for tests: the text by the fonts' own tables, and the bars by their strokes.
import { inflateSync } from 'node:zlib';

export interface Page {
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
