// A piece of a message: words, an id, a link, or AWS's mark for what it removed.
import { Highlighted, type Sought } from "./Highlighted";
import { type Piece, redactedWords } from "./pieces";

interface Props {
  piece: Piece;
  onOpenLink: (url: string) => void;
  sought?: Sought;
}

export function PieceOfText({ piece, onOpenLink, sought }: Props) {
  const written = <Highlighted at={piece.at} text={piece.text} sought={sought} />;
  switch (piece.kind) {
    case "plain":
      return written;
    case "id":
      return <code className="thread-id">{written}</code>;
    case "redacted":
      return (
        <span
          className="case-redacted"
          title={`${piece.text}: AWS replaced this part because it looked like a secret.`}
        >
          {redactedWords(piece.text)}
        </span>
      );
    case "link":
      return (
        <a
          href={piece.url}
          title={piece.url}
          onClick={(event) => {
            event.preventDefault();
            onOpenLink(piece.written);
          }}
          onAuxClick={(event) => event.preventDefault()}
        >
          {written}
        </a>
      );
  }
}
