// The screens over the in-memory platform, to look at them in a browser. Never part of the program.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { firstTokensPlugin } from "./build/first-tokens.ts";

export default defineConfig({
  root: "preview",
  base: "./",
  plugins: [react(), firstTokensPlugin()],
  build: { outDir: "../node_modules/.preview", emptyOutDir: true, reportCompressedSize: false },
});
