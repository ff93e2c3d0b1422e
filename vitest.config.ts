import { defineConfig } from 'vitest/config';

// The source condition lets tests run against packages/*/src without a build.
const conditions = ['menusmith-source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // By itself Vitest leaves one core free, which on two is half of them.
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, maxWorkers: '100%' },
});
