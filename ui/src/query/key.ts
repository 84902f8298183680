// Under which key a command's answer is kept.
import type { Args, CommandName } from "../platform/platform";

export function commandKey<N extends CommandName>(name: N, args: Args<N>): readonly unknown[] {
  return [name, args];
}
