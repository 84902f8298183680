// Stars and a comment, as the resolve and the rating dialog ask for them.
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { COMMENT_LIMIT } from "../../draft/limits";
import { lengthOf, lengthWords } from "../../draft/text";
import { grouped } from "../../format/size";
import { StarRating } from "../../parts/StarRating";

/** What was entered so far. */
export interface RatingEntry {
  stars: number | null;
  comment: string;
}

export interface RatingState {
  required: boolean;
  entry: RatingEntry;
  setEntry: (entry: RatingEntry) => void;
  /** Shown at the stars once the user has asked to go on. */
  starsProblem: string | null;
  commentProblem: string | null;
  /** Whether the entry may go; tells at the fields what is wrong where it may not. */
  check: () => boolean;
}

/** `required`: whether stars must be given. Without that, a comment alone still asks for them. */
export function useRatingEntry(required: boolean): RatingState {
  const [entry, setEntry] = useState<RatingEntry>({ stars: null, comment: "" });
  const [asked, setAsked] = useState(false);
  const lacksStars = entry.stars === null && (required || entry.comment.trim() !== "");
  const tooLong = lengthOf(entry.comment) > COMMENT_LIMIT;
  return {
    required,
    entry,
    setEntry,
    starsProblem:
      !asked || !lacksStars
        ? null
        : required
          ? "Choose one to five stars."
          : "A comment goes with stars. Choose them too, or clear the comment.",
    commentProblem: tooLong ? `Shorten the comment to ${grouped(COMMENT_LIMIT)} characters.` : null,
    check: () => {
      setAsked(true);
      return !lacksStars && !tooLong;
    },
  };
}

export function RatingFields({ rating, disabled }: { rating: RatingState; disabled: boolean }) {
  const { entry, setEntry } = rating;
  return (
    <SpaceBetween size="l">
      <FormField
        label="How was ECO's correspondence?"
        description={`One star is poor, five are excellent.${rating.required ? "" : " You can leave this out."}`}
        errorText={rating.starsProblem}
        stretch
      >
        <StarRating
          label="How was ECO's correspondence?"
          value={entry.stars}
          onChange={(stars) => setEntry({ ...entry, stars })}
          disabled={disabled}
        />
      </FormField>
      <FormField
        label={
          <>
            Comment <i>– optional</i>
          </>
        }
        constraintText={`${lengthWords(lengthOf(entry.comment), COMMENT_LIMIT)} characters`}
        errorText={rating.commentProblem}
        stretch
      >
        <Textarea
          value={entry.comment}
          rows={3}
          readOnly={disabled}
          onChange={({ detail }) => setEntry({ ...entry, comment: detail.value })}
          data-testid="rating-comment"
        />
      </FormField>
    </SpaceBetween>
  );
}
