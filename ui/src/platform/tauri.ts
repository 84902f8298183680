// The real shell, over Tauri's IPC: commands, and one channel for what the shell tells unasked. The page
// holds no permission to listen to Tauri's own events.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { ShellEvent } from "./contract";
import { type Answer, type Args, asProblem, type CommandName, type Platform } from "./platform";

const handlers = new Set<(event: ShellEvent) => void>();
let listening = false;

/** Registers the page's one channel, the first time somebody wants to hear. */
function listen(): void {
  if (listening) return;
  listening = true;
  const listener = new Channel<ShellEvent>();
  listener.onmessage = (event) => {
    for (const handler of [...handlers]) handler(event);
  };
  void invoke("app_listen", { listener });
}

export const tauri: Platform = {
  async call<N extends CommandName>(name: N, args: Args<N>): Promise<Answer<N>> {
    try {
      return await invoke<Answer<N>>(name, { ...args });
    } catch (thrown) {
      throw asProblem(thrown);
    }
  },
  onShell(handler) {
    handlers.add(handler);
    listen();
    return () => {
      handlers.delete(handler);
    };
  },
};
