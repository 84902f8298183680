// The screens over the in-memory platform, to look at them in a browser. Never part of the program.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "preview",
  base: "./",
  plugins: [react()],
  build: { outDir: "../node_modules/.preview", emptyOutDir: true, reportCompressedSize: false },
});
