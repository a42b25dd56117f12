/** The zoo has a runner of its own: it needs torchvision's sources and most of a minute. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.zoo.ts"],
    hookTimeout: 300_000,
  },
});
