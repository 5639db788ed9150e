import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  build: { assetsInlineLimit: 0 },
});
