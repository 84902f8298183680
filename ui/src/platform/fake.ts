// An in-memory platform for tests and previews: stateful, with the same contract. It keeps what is
// saved, tells what changed, and fails on demand.
import type { CaseKey, Problem, ShellEvent } from "./contract";
import { handlers } from "./fake-handlers";
import { FakeWorld } from "./fake-world";
import type { Answer, Args, CommandName, Platform } from "./platform";

export class FakePlatform extends FakeWorld implements Platform {
  /** Every call in order, for tests. */
  readonly calls: { name: CommandName; args: unknown }[] = [];
  private readonly failures = new Map<CommandName, Problem>();
  private readonly hanging = new Set<CommandName>();
  private readonly answers = new Map<CommandName, unknown>();
  private readonly gates = new Map<CommandName, Promise<void>>();
  private readonly handlers = handlers(this);

  /** Makes a command fail until `heal`. */
  fail(name: CommandName, problem: Problem): void {
    this.failures.set(name, problem);
  }

  heal(name: CommandName): void {
    this.failures.delete(name);
    this.hanging.delete(name);
    this.answers.delete(name);
  }

  /** Makes a command give this answer until `heal`. */
  answer<N extends CommandName>(name: N, answer: Answer<N>): void {
    this.answers.set(name, answer);
  }

  /** Makes a command never answer. */
  hang(name: CommandName): void {
    this.hanging.add(name);
  }

  /** Makes a command do its work at once and answer only when what this gives is called. */
  delay(name: CommandName): () => void {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.gates.set(name, gate);
    return () => {
      this.gates.delete(name);
      open();
    };
  }

  /** The arguments of each call of a command so far. */
  callsOf<N extends CommandName>(name: N): Args<N>[] {
    return this.calls.filter((made) => made.name === name).map((made) => made.args as Args<N>);
  }

  /** ECO writes in a case. */
  ecoReplies(key: CaseKey, body: string): void {
    const known = this.case(key);
    const at = Date.now();
    known.messages.push(this.message({ author: { who: "eco" }, body, unseen: true }));
    Object.assign(known.row, {
      unread: true,
      status: "pending-customer-action",
      waiting: "you",
      waitingSince: at,
      updatedAt: at,
    });
    this.changed({ what: "cases" }, { what: "case", key });
  }

  onShell(handler: (event: ShellEvent) => void): () => void {
    this.listeners.add(handler);
    return () => this.listeners.delete(handler);
  }

  async call<N extends CommandName>(name: N, args: Args<N>): Promise<Answer<N>> {
    this.calls.push({ name, args: structuredClone(args) });
    await Promise.resolve();
    if (this.hanging.has(name)) return new Promise(() => undefined);
    const gate = this.gates.get(name);
    try {
      return this.outcome(name, args);
    } finally {
      if (gate) await gate;
    }
  }

  private outcome<N extends CommandName>(name: N, args: Args<N>): Answer<N> {
    const failure = this.failures.get(name);
    if (failure) throw failure;
    if (this.answers.has(name)) return structuredClone(this.answers.get(name)) as Answer<N>;
    // As over the real bridge, what crosses is a copy.
    return structuredClone((this.handlers[name] as (args: Args<N>) => Answer<N>)(args));
  }
}
