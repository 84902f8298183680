// The side navigation with what waits: unread incidents, drafts and outbox.
import Badge from "@cloudscape-design/components/badge";
import Icon from "@cloudscape-design/components/icon";
import SideNavigation, {
  type SideNavigationProps,
} from "@cloudscape-design/components/side-navigation";
import { useLocation } from "wouter";
import { grouped } from "../format/size";
import { useCommand } from "../query/hooks";
import { Logo } from "./Logo";
import { paths } from "./paths";

function count(number: number, color: "blue" | "grey", words: string) {
  return number > 0 ? (
    <span className="eco-count">
      <Badge color={color}>{grouped(number)}</Badge>
      <span className="eco-hidden">{words}</span>
    </span>
  ) : undefined;
}

export function Navigation() {
  const [location, navigate] = useLocation();
  const counts = useCounts();

  const items: SideNavigationProps.Item[] = [
    {
      type: "link",
      text: "Incidents",
      href: `#${paths.incidents}`,
      icon: <Icon name="list-view" />,
      info: count(counts.unread, "blue", "unread"),
    },
    {
      type: "link",
      text: "Report an incident",
      href: `#${paths.report}`,
      icon: <Icon name="add-plus" />,
    },
    {
      type: "link",
      text: "Drafts & outbox",
      href: `#${paths.outbox}`,
      icon: <Icon name="send" />,
      info: count(counts.waiting, "grey", "not sent yet"),
    },
    { type: "divider" },
    {
      type: "link",
      text: "Settings",
      href: `#${paths.settings}`,
      icon: <Icon name="settings" />,
    },
  ];

  return (
    <nav aria-label="Navigation" className="eco-nav" data-testid="navigation">
      <SideNavigation
        activeHref={`#${active(location)}`}
        header={{
          text: "ECO Desk",
          href: `#${paths.incidents}`,
          logo: { svg: <Logo /> },
        }}
        items={items}
        onFollow={(event) => {
          event.preventDefault();
          navigate(event.detail.href.replace(/^#/, ""));
        }}
      />
    </nav>
  );
}

/** The entry that an address belongs to. */
function active(location: string): string {
  if (location.startsWith("/case/")) return paths.incidents;
  if (location.startsWith("/report")) return paths.report;
  return location;
}

export interface Counts {
  unread: number;
  /** Drafts and outbox entries together. */
  waiting: number;
}

export function useCounts(): Counts {
  const cases = useCommand("case_counts", {});
  const drafts = useCommand("draft_list", {});
  const outbox = useCommand("outbox_list", {});
  return {
    unread: cases.data?.unread ?? 0,
    waiting: (drafts.data?.length ?? 0) + (outbox.data?.length ?? 0),
  };
}
