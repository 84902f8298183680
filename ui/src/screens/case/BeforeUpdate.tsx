// Runs something right before React changes the page, while what is about to change can still be measured. Hooks have
// nothing for this.
import { Component } from "react";

export class BeforeUpdate extends Component<{ run: () => void }> {
  override getSnapshotBeforeUpdate(): null {
    this.props.run();
    return null;
  }

  // React asks for it beside the other.
  override componentDidUpdate(): void {}

  override render(): null {
    return null;
  }
}
