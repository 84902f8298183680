// What the user and this window call the account; asked in every way to connect.
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

interface Props {
  value: string;
  error: string | null;
  onChange: (name: string) => void;
  onEnter: () => void;
}

export function NameField({ value, error, onChange, onEnter }: Props) {
  return (
    <FormField
      label="Name it"
      description="What you and this window call the account: Production, say."
      errorText={error}
    >
      <Input
        value={value}
        placeholder="Production"
        onChange={({ detail }) => onChange(detail.value)}
        onKeyDown={({ detail }) => {
          if (detail.key === "Enter") onEnter();
        }}
        data-testid="connect-name"
      />
    </FormField>
  );
}
