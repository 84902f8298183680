// A moment: relative to now, the absolute time in local and UTC on hover.
import { absolute, moment, relative, relativeSeconds } from "../format/time";
import { useNow } from "../format/useNow";

interface Props {
  /** Milliseconds since 1970. */
  at: number;
  /** `relative` "4 min ago", `moment` "06:34" or "16 Nov 21:20", `seconds` "20 s ago". */
  as?: "relative" | "moment" | "seconds";
}

export function Time({ at, as = "relative" }: Props) {
  const now = useNow(as === "seconds" ? "seconds" : "minute");
  const text =
    as === "moment"
      ? moment(at, now)
      : as === "seconds"
        ? relativeSeconds(at, now)
        : relative(at, now);
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at)}>
      {text}
    </time>
  );
}
