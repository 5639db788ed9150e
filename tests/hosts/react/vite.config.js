import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  build: { assetsInlineLimit: 0 },
});
