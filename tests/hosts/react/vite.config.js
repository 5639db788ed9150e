import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig(({ mode }) => ({
  plugins: [react()],
  // For the tests: the version of React Router before the newest.
  resolve: { alias: mode === "router-7" ? { "react-router": "react-router-7" } : {} },
  // Small files stay files: as `data:` addresses a policy with `connect-src 'self'` refuses them.
  build: { assetsInlineLimit: 0 },
}));
