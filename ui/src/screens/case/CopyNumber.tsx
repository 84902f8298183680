// A case's number with a way to copy it, or that there is none yet.
import Icon from "@cloudscape-design/components/icon";
import { useEffect } from "react";
import { useAct } from "../../query/hooks";

/** Milliseconds for which "Copied" stands. */
const SHOWN = 2500;

export function CopyNumber({ number }: { number: string | null }) {
  const { mutate, isSuccess, error, reset } = useAct("clipboard_copy");
  useEffect(() => {
    if (!isSuccess) return;
    const timer = setTimeout(reset, SHOWN);
    return () => clearTimeout(timer);
  }, [isSuccess, reset]);
  if (number === null) return <span className="case-quiet">No number yet</span>;
  return (
    <span className="case-number">
      <span className="eco-number" data-testid="case-number">
        {number}
      </span>
      <button
        type="button"
        className="case-icon-button"
        aria-label="Copy the number"
        title="Copy the number"
        onClick={() => mutate({ text: number })}
      >
        <Icon name={isSuccess ? "check" : "copy"} size="small" />
      </button>
      <span role="status" className={error === null ? "eco-hidden" : "case-problem"}>
        {isSuccess ? "Copied" : error === null ? "" : `Not copied. ${error.message}`}
      </span>
    </span>
  );
}
