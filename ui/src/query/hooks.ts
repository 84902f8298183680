// Commands as queries and mutations, typed by the contract.
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import type { Problem } from "../platform/contract";
import { type Answer, type Args, type ArgsOf, type CommandName, call } from "../platform/platform";
import type { Query } from "../platform/rules";
import { commandKey } from "./key";

export interface CommandOptions<N extends CommandName> {
  /** False: do not ask yet. */
  enabled?: boolean;
  /** Keep showing the last answer while the next one with other arguments is on its way. */
  keepPrevious?: boolean;
  /** Forget the answer as soon as nothing shows it: for what is asked anew each time. */
  fresh?: boolean;
  /** Ask again this often, in milliseconds; for what changes without an event. */
  every?: number;
  select?: (answer: Answer<N>) => Answer<N>;
}

/** Reads. `useCommand("case_get", { case: key })`; commands without arguments take `{}`. Only commands whose declaration
 * says what puts their answers out of date. */
export function useCommand<N extends Query>(
  name: N,
  args: Args<N>,
  options: CommandOptions<N> = {},
): UseQueryResult<Answer<N>, Problem> {
  return useQuery<Answer<N>, Problem, Answer<N>, readonly unknown[]>({
    queryKey: commandKey(name, args),
    queryFn: () => call(name, ...([args] as unknown as ArgsOf<N>)),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.keepPrevious
      ? { placeholderData: (previous: Answer<N> | undefined) => previous }
      : {}),
    ...(options.fresh ? { gcTime: 0, staleTime: 0 } : {}),
    ...(options.every ? { refetchInterval: options.every } : {}),
    ...(options.select ? { select: options.select } : {}),
  } as Parameters<typeof useQuery<Answer<N>, Problem, Answer<N>, readonly unknown[]>>[0]);
}

/** Writes. `const submit = useAct("draft_submit"); submit.mutate({ draft })`. What they change, the
 * core tells by an event, so nothing has to be dropped here. */
export function useAct<N extends CommandName>(
  name: N,
): UseMutationResult<Answer<N>, Problem, Args<N>> {
  return useMutation<Answer<N>, Problem, Args<N>>({
    mutationFn: (args) => call(name, ...([args] as unknown as ArgsOf<N>)),
  });
}
