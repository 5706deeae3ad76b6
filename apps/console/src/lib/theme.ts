import { codeFontFamily, dark, fontFamily, light, type Palette } from '@tongshang/ui/tokens';
import { type ThemeConfig, theme as antd } from 'antd';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLanguage } from './language.ts';
import { type Preferences, usePreferences } from './preferences.ts';

const darkWish = matchMedia('(prefers-color-scheme: dark)');
const onDarkWish = (tell: () => void): (() => void) => {
  darkWish.addEventListener('change', tell);
  return () => darkWish.removeEventListener('change', tell);
};

export interface Look {
  isDark: boolean;
  palette: Palette;
  up: string;
  down: string;
}

/** Light or dark and the colours of up and down, after the person's choice, the system and the language. */
export function useLook(): Look {
  const { theme, trend } = usePreferences();
  const wantsDark = useSyncExternalStore(onDarkWish, () => darkWish.matches);
  const language = useLanguage();
  return useMemo(() => {
    const isDark = theme === 'dark' || (theme === 'system' && wantsDark);
    const palette = isDark ? dark : light;
    return { isDark, palette, ...trendColours(trend ?? (language === 'en' ? 'green-up' : 'red-up'), palette) };
  }, [theme, wantsDark, trend, language]);
}

function trendColours(trend: NonNullable<Preferences['trend']>, palette: Palette): { up: string; down: string } {
  if (trend === 'neutral') return { up: palette.link, down: palette.textSecond };
  return trend === 'red-up'
    ? { up: palette.trendRed, down: palette.trendTeal }
    : { up: palette.trendTeal, down: palette.trendRed };
}

/** Puts the look on the document, so that plain CSS and antd speak the same colours. */
export function useLookOnDocument({ isDark, palette, up, down }: Look): void {
  // The document root is outside React's tree.
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = isDark ? 'dark' : 'light';
    const { series, ...colours } = palette;
    for (const [name, colour] of Object.entries({ ...colours, up, down })) {
      root.style.setProperty(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour);
    }
    for (const [index, colour] of series.entries()) root.style.setProperty(`--series-${index + 1}`, colour);
    root.style.setProperty('--font', fontFamily);
    root.style.setProperty('--code-font', codeFontFamily);
  }, [isDark, palette, up, down]);
}

/** antd's tokens, checked: its own defaults fail AA for placeholders, primary buttons and borders. */
export function antdTheme({ isDark, palette }: Look): ThemeConfig {
  return {
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: palette.primary,
      colorInfo: palette.primary,
      colorLink: palette.link,
      colorError: palette.danger,
      colorWarning: palette.warning,
      colorSuccess: palette.success,
      colorText: palette.text,
      colorTextSecondary: palette.textSecond,
      colorTextTertiary: palette.textThird,
      colorTextDescription: palette.textThird,
      colorTextPlaceholder: palette.textThird,
      colorTextDisabled: palette.textThird,
      colorBorder: palette.controlBorder,
      colorBorderSecondary: palette.hairline,
      colorBgLayout: palette.page,
      colorBgContainer: palette.card,
      colorBgElevated: palette.raised,
      borderRadius: 4,
      borderRadiusLG: 8,
      fontFamily,
      fontFamilyCode: codeFontFamily,
      fontSize: 14,
      lineHeight: 1.57,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.12s',
      controlHeight: 36,
      controlHeightSM: 28,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', ...(isDark && { dangerColor: '#1f1f1f' }) },
      ...(isDark && { Tabs: { itemSelectedColor: palette.link, itemHoverColor: palette.link, inkBarColor: palette.link } }),
    },
  };
}
