// A setting that is typed: saved with Enter or when the field is left, checked before, kept as it
// is where it is wrong.
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useEffect, useRef, useState } from "react";

interface Props {
  label: string;
  description?: string;
  constraint?: string;
  placeholder?: string;
  value: string;
  type?: InputProps.Type;
  inputMode?: InputProps["inputMode"];
  /** What is wrong with it, or null. */
  check: (text: string) => string | null;
  /** Resolves to what is wrong with it, or null. */
  save: (text: string) => Promise<string | null>;
  testId: string;
}

export function SettingField({
  label,
  description,
  constraint,
  value,
  check,
  save,
  testId,
  ...input
}: Props) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const saved = useRef(value);

  // Changed elsewhere while nothing was typed here.
  useEffect(() => {
    if (text === saved.current) setText(value);
    saved.current = value;
  }, [value, text]);

  const finish = async () => {
    const trimmed = text.trim();
    const wrong = check(trimmed);
    setError(wrong);
    if (wrong || trimmed === saved.current) return;
    setError(await save(trimmed));
  };

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
        }}
        onBlur={() => void finish()}
        onKeyDown={({ detail }) => {
          if (detail.key === "Enter") void finish();
        }}
        data-testid={testId}
      />
    </FormField>
  );
}
