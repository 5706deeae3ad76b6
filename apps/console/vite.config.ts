import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env['TONGSHANG_API'] ?? 'http://127.0.0.1:4000';

const PASS_ON = '\0pass-on';

/**
 * antd's ConfigProvider carries the machinery of "one tooltip at a time", which we never switch on: 9 kB before the first page.
 * The size test tells when this no longer finds it.
 */
const withoutUniqueTooltips: Plugin = {
  name: 'without-unique-tooltips',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === '../tooltip/UniqueProvider' && importer?.includes('/antd/es/config-provider/') ? PASS_ON : null,
  load: (id) => (id === PASS_ON ? 'export default ({ children }) => children;' : null),
};

export default defineConfig({
  plugins: [withoutUniqueTooltips, react()],
  base: '/',
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    // Our packages only define things: a page brings the part of the contract that it uses, and no other.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/[/\\]packages[/\\](contract|ui)[/\\]/.test(id) } },
  },
  server: { port: 5173, proxy: { '/api': server, '/reference': server } },
});
