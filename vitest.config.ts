import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['apps/*/{src,test}/**/*.test.ts', 'packages/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['apps/server/test/setup-databases.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    isolate: false, // modules are read once a worker; what a file needs of its own is a world (useWorld), not a module
    env: { NODE_ENV: 'test', TZ: 'UTC' },
  },
});
