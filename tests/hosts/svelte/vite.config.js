import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  build: { assetsInlineLimit: 0 },
});
