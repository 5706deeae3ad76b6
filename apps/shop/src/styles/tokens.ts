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

const declarations = (palette: Palette): string =>
  Object.entries(names)
    .map(([name, key]) => `--${name}:${palette[key]};`)
    .join('');

/** Custom properties of both themes; `data-theme` on the root overrides the system's choice. */
export const tokensCss = (): string =>
  [
    `:root{color-scheme:light;--font:${fontFamily};${declarations(light)}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${declarations(dark)}}}`,
    `:root[data-theme=dark]{color-scheme:dark;${declarations(dark)}}`,
  ].join('\n');
