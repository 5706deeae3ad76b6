// Colours and measures that were checked for contrast (WCAG 2.2 AA) and for four kinds of sight. Change one, check all.

export interface Palette {
  page: string;
  card: string;
  raised: string;
  text: string;
  textSecond: string;
  textThird: string;
  /** Edge of a control: ≥ 3:1 against card and page. */
  controlBorder: string;
  /** Hairline between rows; decoration only. */
  hairline: string;
  primary: string;
  onPrimary: string;
  link: string;
  danger: string;
  warning: string;
  warningDot: string;
  success: string;
  focus: string;
  /** Direction only, never good or bad. `red` and `teal` change places by the user's setting. */
  trendRed: string;
  trendTeal: string;
  series: readonly string[];
}

export const light: Palette = {
  page: '#f5f7fa',
  card: '#ffffff',
  raised: '#ffffff',
  text: '#1f1f1f',
  textSecond: '#595959',
  textThird: '#6b6b6b',
  controlBorder: '#7f899b',
  hairline: '#e4e7ec',
  primary: '#1554c0',
  onPrimary: '#ffffff',
  link: '#1554c0',
  danger: '#c4161c',
  warning: '#9a5b00',
  warningDot: '#c77700',
  success: '#1f7a1f',
  focus: '#1554c0',
  trendRed: '#c4161c',
  trendTeal: '#08796b',
  series: ['#1554c0', '#d08025', '#1a4d3b', '#c32268', '#4f9bc4', '#1b0f3d'],
};

export const dark: Palette = {
  page: '#000000',
  card: '#141414',
  raised: '#1f1f1f',
  text: '#e6e6e6',
  textSecond: '#a6a6a6',
  textThird: '#9a9a9a',
  controlBorder: '#7a7a7a',
  hairline: '#303030',
  primary: '#3d7be0',
  onPrimary: '#ffffff',
  link: '#6ea8ff',
  danger: '#ff7875',
  warning: '#ffc53d',
  warningDot: '#ffc53d',
  success: '#73d13d',
  focus: '#6ea8ff',
  trendRed: '#ff7875',
  trendTeal: '#5cdbd3',
  series: ['#6ea8ff', '#e68319', '#367d66', '#e9becd', '#fbf5ad', '#685e9c'],
};

export const fontFamily =
  '"Inter", "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif';
export const codeFontFamily = 'ui-monospace, "SFMono-Regular", "Noto Sans Mono CJK SC", monospace';

export const space = [4, 8, 12, 16, 24, 32, 48] as const;
export const radius = { control: 4, card: 8, dialog: 12 } as const;
export const fontSizes = [12, 14, 16, 20, 24, 32] as const;

/** Contrast of two opaque colours after WCAG 2: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
