// The ways to sign in to AWS, as tiles.
import Badge from "@cloudscape-design/components/badge";
import FormField from "@cloudscape-design/components/form-field";
import Icon from "@cloudscape-design/components/icon";
import Tiles from "@cloudscape-design/components/tiles";
import { count } from "../../format/size";
import type { FoundProfile } from "../../platform/contract";

export type Way = "portal" | "profile" | "access-key";
const WAYS: readonly Way[] = ["portal", "profile", "access-key"];

interface Props {
  /** Null before it is known which one suits. */
  way: Way | null;
  /** Undefined while they are read. */
  profiles: readonly FoundProfile[] | undefined;
  unreadable: boolean;
  onChoose: (way: Way) => void;
}

/** The components' icons know no key. */
function KeyIcon() {
  return (
    <Icon
      variant="subtle"
      svg={
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <circle cx="10.5" cy="5.5" r="3.5" />
          <path d="M8 8 2 14h3v-2h2v-2" />
        </svg>
      }
    />
  );
}

function ProfileBadge({
  profiles,
  unreadable,
}: {
  profiles: readonly FoundProfile[] | undefined;
  unreadable: boolean;
}) {
  if (unreadable) return <Badge color="red">not readable</Badge>;
  if (!profiles) return null;
  if (profiles.length === 0) return <Badge color="grey">none found</Badge>;
  const usable = profiles.filter((found) => found.unusable === null).length;
  return <Badge color={usable > 0 ? "green" : "grey"}>{count(usable, "usable", "usable")}</Badge>;
}

export function ConnectWays({ way, profiles, unreadable, onChoose }: Props) {
  return (
    <div className="eco-connect-ways" data-testid="connect-ways">
      <FormField
        label="How do you sign in to AWS?"
        description="Not sure? Take the company sign-in, or ask whoever gave you access to AWS."
        stretch
      >
        <Tiles
          columns={3}
          value={way}
          onChange={({ detail }) => {
            const chosen = WAYS.find((known) => known === detail.value);
            if (chosen) onChoose(chosen);
          }}
          items={[
            {
              value: "portal",
              label: (
                <span className="eco-connect-way">
                  <Icon name="group" variant="subtle" /> Company sign-in
                </span>
              ),
              description:
                "AWS IAM Identity Center. You sign in with your browser; all it takes here is the address of your portal.",
            },
            {
              value: "profile",
              label: (
                <span className="eco-connect-way">
                  <Icon name="folder" variant="subtle" /> A profile on this computer{" "}
                  <ProfileBadge profiles={profiles} unreadable={unreadable} />
                </span>
              ),
              description:
                "What the AWS CLI uses. It stays in step with your files, and no key is copied out of them.",
            },
            {
              value: "access-key",
              label: (
                <span className="eco-connect-way">
                  <KeyIcon /> Access key
                </span>
              ),
              description:
                "An access key ID and its secret. Kept in the system's keychain only, never in a file.",
            },
          ]}
        />
      </FormField>
    </div>
  );
}
