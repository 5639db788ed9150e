import { defineConfig } from "vite";

export default defineConfig({
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  build: { assetsInlineLimit: 0 },
});
