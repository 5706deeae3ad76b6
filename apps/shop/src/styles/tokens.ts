import { dark, fontFamily, light, type Palette } from '../../../../packages/ui/src/tokens.ts';

const names = {
  page: 'page',
  card: 'card',
  raised: 'raised',
  text: 'text',
  'text-2': 'textSecond',
  'text-3': 'textThird',
  edge: 'controlBorder',
  hair: 'hairline',
  primary: 'primary',
  'on-primary': 'onPrimary',
  link: 'link',
  danger: 'danger',
  warning: 'warning',
  success: 'success',
  focus: 'focus',
} as const satisfies Record<string, keyof Palette>;

/** A filled button in the dark is one step deeper than the accent, so that white words on it read at 5.2:1. */
const darkFilled: Palette = { ...dark, primary: '#376cc1' };

const declarations = (palette: Palette): string =>
  Object.entries(names)
    .map(([name, key]) => `--${name}:${palette[key]};`)
    .join('');

/** Custom properties of both themes; `data-theme` on the root overrides the system's choice. */
export const tokensCss = (): string =>
  [
    `:root{color-scheme:light;--font:${fontFamily};${declarations(light)}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${declarations(darkFilled)}}}`,
    `:root[data-theme=dark]{color-scheme:dark;${declarations(darkFilled)}}`,
  ].join('\n');
