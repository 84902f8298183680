// A key of the program as it is printed on the keyboard.
import { Fragment } from "react";
import { Keys } from "../parts/marks";
import { printed } from "./combination";

/** `<KeyTops of="Ctrl+K" />`, `<KeyTops of="g 1" />` */
export function KeyTops({ of }: { of: string }) {
  return (
    <span className="eco-key-tops">
      {printed(of).map((tops, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the presses of one key, in their order
        <Fragment key={index}>
          {index === 0 ? null : " then "}
          <Keys of={tops} />
        </Fragment>
      ))}
    </span>
  );
}
