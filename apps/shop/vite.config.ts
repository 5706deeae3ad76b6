import { defineConfig, type Plugin } from 'vite';
import { tokensCss } from './src/styles/tokens.ts';

/** The colours and measures of packages/ui as custom properties, light and dark. */
const tokens: Plugin = {
  name: 'tongshang-tokens',
  enforce: 'pre',
  // at the end of the file: imports must stay first
  transform: (code, id) => (id.endsWith('/styles/shop.css') ? { code: `${code}\n${tokensCss()}`, map: null } : undefined),
};

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [tokens],
  base: '/shop-assets/',
  publicDir: isSsrBuild ? false : 'public',
  // oxc reads jsx: react-jsx and jsxImportSource: preact from tsconfig.json; said again for whoever reads only this file
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        target: 'node26',
        minify: false,
        // the contract stays outside, so that the house knows its own operations again
        rolldownOptions: { input: 'src/index.ts', external: [/^@tongshang\/contract/], output: { entryFileNames: 'index.js' } },
      }
    : {
        outDir: 'dist/client',
        assetsDir: '',
        target: 'es2022',
        manifest: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rolldownOptions: { input: { main: 'src/islands/main.ts', theme: 'src/islands/theme.ts', style: 'src/styles/shop.css' } },
      },
  ssr: { noExternal: true },
}));
