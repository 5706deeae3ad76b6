import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['TONGSHANG_API'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  base: '/',
  build: {
    manifest: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    // Our packages only define things: a page brings the part of the contract that it uses, and no other.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/[/\\]packages[/\\](contract|ui)[/\\]/.test(id) } },
  },
  server: { port: 5173, proxy: { '/api': server, '/reference': server } },
});
