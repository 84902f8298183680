// What stands over the list to work with it: the filter and the order.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { CaseSort } from "../../platform/contract";
import { type Order, SORTS } from "./list-query";
import { changeOrder } from "./list-state";

export { IncidentFilter } from "./IncidentFilter";

interface Props {
  order: Order;
  disabled: boolean;
}

const REVERSE = "reverse";
const GROUP = "group";

export function ListMenu({ order, disabled }: Props) {
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel="Order of the list"
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
      ]}
      onItemClick={({ detail: { id } }) => {
        if (id === REVERSE) changeOrder({ descending: !order.descending });
        else if (id === GROUP) changeOrder({ grouped: !order.grouped });
        else {
          const known = SORTS.find(({ sort }) => sort === id);
          if (known) changeOrder({ sort: id as CaseSort, descending: known.descending });
        }
      }}
    />
  );
}
