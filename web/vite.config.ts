import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

const page = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))
/** What the service worker leaves to the server: everything that is no page of the app. */
const SERVED = /^\/(api|socket\.io|health|metrics|docs|redoc|openapi\.json|v|p|r)(\/|$)/
const pwa = VitePWA({
  registerType: 'prompt', // never reload under a half-filled form
  injectRegister: false,
  includeAssets: ['icon.svg', 'first.js'],
  manifest: {
    name: 'Serai', short_name: 'Serai', description: 'The rooms of a hotel', start_url: '/', display: 'standalone', theme_color: '#0e2f31', background_color: '#f6f5f1',
    icons: [192, 512].map((size) => ({ src: `/icon-${size}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose: 'any maskable' })),
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,woff2}'], globIgnores: ['portal.html', 'assets/portal-*', '**/*-{cyrillic,greek,vietnamese,latin-ext,cyrillic-ext,greek-ext}-*'],
    navigateFallback: '/index.html', navigateFallbackDenylist: [SERVED], cleanupOutdatedCaches: true, clientsClaim: true,
  },
})
/** Few pieces rather than a hundred: what every page needs is one, the icons are one. */
const PIECES = [
  { name: 'icons', test: /node_modules\/lucide-react/ },
  { name: 'house', test: /node_modules\/(@tanstack|react|react-dom|scheduler|i18next|react-i18next|openapi-fetch|idb|clsx)\/|src\/(lib|api|offline)\// },
]
const SERVER = process.env.SERAI_URL ?? 'http://127.0.0.1:8007'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [tanstackRouter({ target: 'react', autoCodeSplitting: true }), react(), tailwindcss(), pwa],
  define: { 'import.meta.env.VITE_BUILD': JSON.stringify(process.env.SERAI_BUILD ?? 'dev') },
  build: { target: 'es2022', reportCompressedSize: false, rolldownOptions: { input: ['index.html', 'portal.html'].map(page), output: { codeSplitting: { groups: PIECES } } } },
  server: { proxy: { '/api': SERVER, '/socket.io': { target: SERVER, ws: true } } },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.{ts,tsx}'], setupFiles: ['tests/patience.ts'], testTimeout: 60_000 },
})
