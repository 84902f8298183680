// A setting that is typed: saved with Enter, when the field, the screen or the window is left, and before the program
// ends; where half of it does no harm, also while it is typed. Checked before, kept as it is where it is wrong.
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useEffect, useRef, useState } from "react";
import { beforeEnd, Debounce } from "../../draft/saving";

interface Props {
  label: string;
  description?: string;
  constraint?: string;
  placeholder?: string;
  value: string;
  type?: InputProps.Type;
  inputMode?: InputProps["inputMode"];
  /** What is wrong with it before the core is asked, or null. */
  check?: (text: string) => string | null;
  /** Resolves to what is wrong with it, or null. */
  save: (text: string) => Promise<string | null>;
  /** Whether it is saved while it is typed, as far as it is right. */
  whileTyping?: boolean;
  testId: string;
}

export function SettingField({
  label,
  description,
  constraint,
  value,
  check,
  save,
  whileTyping = false,
  testId,
  ...input
}: Props) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const saved = useRef(value);

  // Changed elsewhere while nothing was typed here.
  useEffect(() => {
    const before = saved.current;
    // Asked of the newest text: a key that was pressed before this ran is not undone.
    if (text === before) setText((now) => (now === before ? value : now));
    saved.current = value;
  }, [value, text]);

  // What is told is about the text that stands there, not about one that was changed since.
  const changes = useRef(0);
  /** Resolves to whether what stands there is saved. */
  const finish = async (telling: boolean): Promise<boolean> => {
    const asked = changes.current;
    const trimmed = text.trim();
    const wrong = check?.(trimmed) ?? null;
    if (telling) setError(wrong);
    if (wrong !== null || trimmed === saved.current) return wrong === null;
    const problem = await save(trimmed);
    if (problem === null) saved.current = trimmed;
    if (telling && asked === changes.current) setError(problem);
    return problem === null;
  };
  const newest = useRef(finish);
  newest.current = finish;
  const typing = useRef("");
  typing.current = text;
  const [debounce] = useState(
    () =>
      new Debounce(() => {
        // Who empties the field mostly types something else into it.
        if (typing.current.trim() !== "") void newest.current(false);
      }),
  );

  useEffect(() => {
    const now = () => newest.current(true);
    const left = () => void now();
    const stopEnd = beforeEnd(now);
    window.addEventListener("blur", left);
    return () => {
      window.removeEventListener("blur", left);
      stopEnd();
      debounce.cancel();
      // A screen can be left without its field being left.
      void newest.current(false);
    };
  }, [debounce]);

  return (
    <FormField
      label={label}
      description={description}
      constraintText={constraint}
      errorText={error}
    >
      <Input
        {...input}
        value={text}
        onChange={({ detail }) => {
          setText(detail.value);
          setError(null);
          changes.current += 1;
          if (whileTyping) debounce.request();
        }}
        onBlur={() => void finish(true)}
        onKeyDown={({ detail }) => {
          if (detail.key === "Enter") void finish(true);
        }}
        data-testid={testId}
      />
    </FormField>
  );
}
