// A moment: relative to now, the absolute time in local and UTC on hover.
import { absolute, completing, moment, relative, relativeSeconds } from "../format/time";
import { useNow } from "../format/useNow";

interface Props {
  /** Milliseconds since 1970. */
  at: number;
  /** `relative` "4 min ago", `moment` "06:34" or "16 Nov 21:20", `seconds` "20 s ago", `completing` what `relative` leaves open. */
  as?: "relative" | "moment" | "seconds" | "completing";
}

const WORDS = { relative, moment, seconds: relativeSeconds, completing };

export function Time({ at, as = "relative" }: Props) {
  const now = useNow(as === "seconds" ? "seconds" : "minute");
  const text = WORDS[as](at, now);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      // Made when it is looked for: a list would spend more on these than on its rows.
      onPointerEnter={(event) => {
        event.currentTarget.title = absolute(at);
      }}
    >
      {text}
    </time>
  );
}
