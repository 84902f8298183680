// The bar in which one seeks words in a case.
import Icon from "@cloudscape-design/components/icon";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useKeys } from "../../../frame/keys";
import { MOST_HITS } from "./find";
import type { Find } from "./useFind";

export function FindBar({ find }: { find: Find }) {
  const field = useRef<HTMLInputElement>(null);
  const { asked, hits, words } = find;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each press of the key asks for it
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useKeys([
    { key: "Escape", inFields: true, run: find.close },
    { key: "F3", run: () => find.step(1), repeats: true },
    { key: "Shift+F3", run: () => find.step(-1), repeats: true },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    find.step(event.shiftKey ? -1 : 1);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: web views know the element only since lately
    <div role="search" className="thread-find" data-testid="case-find">
      <Icon name="search" size="small" />
      <input
        ref={field}
        className="thread-find-field"
        type="text"
        aria-label="Find in this incident"
        placeholder="Find in this incident"
        spellCheck={false}
        value={words}
        onChange={(event) => find.say(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status" className="thread-find-count case-quiet" data-testid="case-find-count">
        {countWords(find)}
      </span>
      <FindButton
        name="Previous"
        icon="angle-up"
        disabled={hits.length === 0}
        onClick={() => find.step(-1)}
      />
      <FindButton
        name="Next"
        icon="angle-down"
        disabled={hits.length === 0}
        onClick={() => find.step(1)}
      />
      <FindButton name="Close" icon="close" disabled={false} onClick={find.close} />
    </div>
  );
}

interface ButtonProps {
  name: string;
  icon: "angle-up" | "angle-down" | "close";
  disabled: boolean;
  onClick: () => void;
}

function FindButton({ name, icon, disabled, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      className="case-icon-button"
      aria-label={name}
      title={name}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size="small" />
    </button>
  );
}

function countWords({ words, hits, place, reading }: Find): string {
  if (words.trim() === "") return "";
  if (hits.length === 0) return reading ? "Searching" : "Nothing found";
  const all = hits.length >= MOST_HITS ? `${MOST_HITS} or more` : `${hits.length}`;
  return `${place} of ${all}${reading ? ", searching" : ""}`;
}
