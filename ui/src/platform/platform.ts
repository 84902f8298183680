// What the UI knows of the shell: commands that answer or fail with a `Problem`, and one stream of
// events. Everything else imports this file; only tauri.ts imports the Tauri packages.
import type { Commands, Problem, ShellEvent } from "./contract";
import { wellFormed } from "./well-formed";

export type CommandName = keyof Commands;
export type Args<N extends CommandName> = Commands[N]["args"];
export type Answer<N extends CommandName> = Commands[N]["answer"];

/** The last parameters of a call: none for a command that takes nothing. */
export type ArgsOf<N extends CommandName> =
  Args<N> extends Record<string, never> ? [] : [args: Args<N>];

export interface Platform {
  /** Rejects with a `Problem`, never with anything else. */
  call<N extends CommandName>(name: N, args: Args<N>): Promise<Answer<N>>;
  /** Calls `handler` for every event until the returned function is called. */
  onShell(handler: (event: ShellEvent) => void): () => void;
}

let current: Platform | null = null;

/** Sets the platform that `call` and `onShell` go to; once at the start, and in each test. */
export function install(platform: Platform): void {
  current = platform;
}

function platform(): Platform {
  if (!current) throw new Error("no platform is installed");
  return current;
}

/** Runs a command of the shell. Text goes to it as well-formed Unicode, which is all that the core can read. */
export function call<N extends CommandName>(name: N, ...args: ArgsOf<N>): Promise<Answer<N>> {
  return platform().call(name, wellFormed((args[0] ?? {}) as Args<N>));
}

/** Listens to the shell's events; returns what ends it. */
export function onShell(handler: (event: ShellEvent) => void): () => void {
  return platform().onShell(handler);
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Problem).code === "string" &&
    typeof (value as Problem).message === "string"
  );
}

/** Makes a `Problem` of whatever was thrown, so that the UI has one kind of trouble to show. */
export function asProblem(thrown: unknown): Problem {
  if (isProblem(thrown)) return thrown;
  if (typeof thrown === "string") {
    // Tauri itself refused the call: arguments that the core cannot read, or a missing permission. The same call
    // fails in the same way again, and the text is for developers.
    // biome-ignore lint/suspicious/noConsole: the only place where what Tauri said can be read
    console.error(thrown);
    return {
      code: "internal",
      message:
        "This does not work in this version of ECO Desk. Restart it, and update it if that does not help.",
      retryable: false,
    };
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "internal",
    message: `Something went wrong inside ECO Desk. Try again. Details: ${detail}`,
    retryable: true,
  };
}
