// The round mark beside a message that says at a glance who wrote it.
import Icon from "@cloudscape-design/components/icon";
import type { Author } from "../../platform/contract";

const COLLEAGUE_COLOURS = 5;

/** `ownName`: a name or an e-mail address of the user, for the initials; empty where unknown. */
export function Avatar({ author, ownName }: { author: Author; ownName: string }) {
  switch (author.who) {
    case "eco":
      return <Disc kind="eco" text="ECO" />;
    case "me":
      return <Disc kind="me" text={initials(ownName)} />;
    case "colleague":
      return (
        <Disc
          kind={`colleague-${colourOf(author.name, COLLEAGUE_COLOURS)}`}
          text={initials(author.name)}
        />
      );
  }
}

function Disc({ kind, text }: { kind: string; text: string }) {
  return (
    <span className={`eco-avatar eco-avatar-${kind}`} aria-hidden="true">
      {text === "" ? <Icon name="user-profile" variant="inverted" size="small" /> : text}
    </span>
  );
}

/** One or two capital letters from a name or an e-mail address; empty where there is no letter. */
export function initials(name: string): string {
  const local = name.includes("@") ? name.slice(0, name.indexOf("@")) : name;
  const words = local.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const first = words[0]?.charAt(0) ?? "";
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? "") : "";
  return `${first}${last}`.toLocaleUpperCase("en-GB");
}

/** Which of `count` colours a name gets; the same name always gets the same. */
function colourOf(name: string, count: number): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % count;
}
