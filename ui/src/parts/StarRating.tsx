/**
 * One to five stars as a radio group, with a word for each star. Nothing is chosen until the user chooses, and the
 * choice can be taken back: with the pointer, or with Delete or Backspace on a star. Tab goes past the "Clear" that the
 * pointer takes, so that a space meant for what follows takes nothing back.
 */
import "./stars.css";
import { useId, useRef, useState } from "react";
import { STAR_WORDS } from "../platform/rules";

export interface StarRatingProps {
  /** The name of the group for screen readers. */
  label: string;
  /** 1 to 5, or `null` where nothing is chosen. */
  value: number | null;
  onChange: (value: number | null) => void;
  disabled?: boolean;
}

export function StarRating({ label, value, onChange, disabled = false }: StarRatingProps) {
  const name = useId();
  const [pointed, setPointed] = useState<number | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const filled = pointed ?? value ?? 0;
  const change = (stars: number | null) => {
    if (!disabled) onChange(stars);
  };
  return (
    <fieldset
      className="stars"
      // Not `disabled`: that would drop the focus while the answer is under way.
      aria-disabled={disabled}
      data-testid="stars"
      onPointerLeave={() => setPointed(null)}
    >
      <legend className="stars-legend">{label}</legend>
      {STAR_WORDS.map((word, index) => {
        const count = index + 1;
        return (
          <label
            key={word}
            className="stars-choice"
            title={word}
            onPointerEnter={() => setPointed(count)}
          >
            <input
              ref={index === 0 ? first : undefined}
              type="radio"
              name={name}
              value={count}
              checked={value === count}
              onChange={() => change(count)}
              onKeyDown={(event) => {
                if (event.key !== "Delete" && event.key !== "Backspace") return;
                event.preventDefault();
                change(null);
              }}
              aria-label={`${starCount(count)}, ${word}`}
            />
            <StarShape filled={count <= filled} />
          </label>
        );
      })}
      <span className="stars-word">
        {filled > 0 ? (
          <>
            <b>{filled} of 5</b> {STAR_WORDS[filled - 1]}
          </>
        ) : (
          "No stars yet"
        )}
      </span>
      {value !== null && !disabled ? (
        <button
          type="button"
          className="stars-clear"
          tabIndex={-1}
          title="Clear (Delete)"
          onClick={() => {
            change(null);
            // This button goes with the stars; the focus stays in the group.
            first.current?.focus();
          }}
        >
          Clear
        </button>
      ) : null}
    </fieldset>
  );
}

/** Stars that were given and are only shown, e.g. "4 of 5, good". */
export function StarsGiven({ value }: { value: number }) {
  const word = STAR_WORDS[value - 1];
  return (
    <span
      className="stars-given"
      role="img"
      aria-label={word === undefined ? starCount(value) : `${value} of 5, ${word}`}
    >
      {STAR_WORDS.map((each, index) => (
        <StarShape key={each} filled={index < value} />
      ))}
    </span>
  );
}

function starCount(count: number): string {
  return count === 1 ? "1 star" : `${count} stars`;
}

function StarShape({ filled }: { filled: boolean }) {
  return (
    <svg
      className={filled ? "stars-star stars-star-filled" : "stars-star"}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d="M12 2.6l2.9 6.2 6.8.8-5 4.7 1.3 6.7L12 17.7 6 21l1.3-6.7-5-4.7 6.8-.8z" />
    </svg>
  );
}
