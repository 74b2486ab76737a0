import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.TRYON_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    license: { fileName: 'licences.md' },
    reportCompressedSize: true,
    // three.js, which only the fabric mode loads.
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/api': server,
      '/ws': { target: server, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['test/web-socket.ts'],
  },
});
