import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    exclude: ["**/node_modules/**", "dist/**", ".cache/**"],
    // A machine that has much else to do is slow, not wrong.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
