// Reads back the bars of our own paper, for tests.
import type { Page } from '../../../platform/testing-paper.ts';

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
