// How the window's page is bundled, and how its tests run.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { firstTokensPlugin } from "./build/first-tokens.ts";

export default defineConfig({
  base: "./",
  plugins: [react(), firstTokensPlugin()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The oldest engines that Tauri runs on here: WebKitGTK 2.42, macOS 13, WebView2.
    target: ["safari16.4", "chrome115"],
    // The content security policy knows no inline script.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  // The address that tauri.conf.json names.
  server: { port: 5173, strictPort: true },
  test: {
    globals: true,
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    // Our own style sheets are read by a test; Cloudscape's would only cost time.
    css: { include: [/\/ui\/src\//] },
    // Long enough for a machine that builds other things meanwhile: a whole window is drawn in each test.
    testTimeout: 120_000,
    // Vitest leaves a processor free unless told otherwise: of two, that is every second one.
    maxWorkers: "100%",
    // Cloudscape's modules import style sheets, which Node cannot.
    server: { deps: { inline: [/@cloudscape-design/] } },
  },
});
