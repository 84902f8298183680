// "Saving…", "Draft saved 2 s ago", "Not saved: why. Trying again." Read out politely when it fails.
import "./parts.css";
import type { SaveState } from "../draft/draft-saver";
import { Time } from "./Time";

interface Props {
  save: SaveState;
  /** When the draft was last saved in an earlier visit; shown until something is typed. */
  savedBefore?: number;
}

export function SavedMark({ save, savedBefore }: Props) {
  switch (save.state) {
    case "idle":
      return savedBefore === undefined ? null : (
        <span className="eco-saved" data-testid="saved-mark">
          Draft saved <Time at={savedBefore} as="seconds" />
        </span>
      );
    case "saving":
      return (
        <span className="eco-saved" data-testid="saved-mark">
          Saving…
        </span>
      );
    case "saved":
      return (
        <span className="eco-saved" data-testid="saved-mark">
          Draft saved <Time at={save.at} as="seconds" />
        </span>
      );
    case "failed":
      return (
        <span className="eco-saved eco-saved-failed" data-testid="saved-mark" role="alert">
          Not saved: {save.problem.message}
          {save.retrying ? " Trying again." : ""}
        </span>
      );
  }
}
