import { defineConfig } from 'vitest/config';

// The source condition lets tests run against packages/*/src without a build. Node is told these, too: with `import` among them, what Node 22 requires would be found as a
// module.
const conditions = ['menusmith-source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // Files share the modules of their worker, which are pure: loading them anew for every file took most of the time. By itself Vitest leaves one core
  // free, which on two is half of them.
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
    isolate: false,
  },
});
