// What stands over the list to work with it: the filter, the order, what concerns all of it.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { CaseSort } from "../../platform/contract";
import { type Order, SORTS } from "./list-query";
import { changeOrder } from "./list-state";

export { IncidentFilter } from "./IncidentFilter";

interface Props {
  order: Order;
  disabled: boolean;
  onMarkRead: () => void;
}

const REVERSE = "reverse";
const GROUP = "group";
const READ = "read";

export function ListMenu({ order, disabled, onMarkRead }: Props) {
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel="Order and actions of the list"
      expandToViewport
      disabled={disabled}
      data-testid="list-menu"
      items={[
        {
          text: "Sort by",
          items: SORTS.map(({ sort, name }) => ({
            id: sort,
            itemType: "checkbox",
            checked: order.sort === sort,
            text: name.charAt(0).toUpperCase() + name.slice(1),
          })),
        },
        { id: REVERSE, text: "Reverse the order" },
        {
          id: GROUP,
          itemType: "checkbox",
          checked: order.grouped,
          text: "Group by who has to act",
        },
        { id: READ, text: "Mark all that are shown as read" },
      ]}
      onItemClick={({ detail: { id } }) => {
        if (id === REVERSE) changeOrder({ descending: !order.descending });
        else if (id === GROUP) changeOrder({ grouped: !order.grouped });
        else if (id === READ) onMarkRead();
        else {
          const known = SORTS.find(({ sort }) => sort === id);
          if (known) changeOrder({ sort: id as CaseSort, descending: known.descending });
        }
      }}
    />
  );
}
