// What the user and this window call the account; asked in every way to connect.
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

interface Props {
  value: string;
  error: string | null;
  placeholder?: string;
  onChange: (name: string) => void;
  onEnter: () => void;
}

export function NameField({ value, error, placeholder = "Production", onChange, onEnter }: Props) {
  return (
    <FormField
      label="Name it"
      description="What you and this window call the account: Production, say."
      errorText={error}
    >
      <Input
        value={value}
        placeholder={placeholder}
        onChange={({ detail }) => onChange(detail.value)}
        onKeyDown={({ detail }) => {
          if (detail.key === "Enter") onEnter();
        }}
        data-testid="connect-name"
      />
    </FormField>
  );
}
