// Where a page fails while it is drawn: the sentence that says so in its place, and all around it goes on.

import { Component, type ComponentChildren } from "preact";
import { useText } from "../app/index.ts";

interface BoundaryProps {
  readonly children: ComponentChildren;
}

interface BoundaryState {
  readonly error: unknown;
}

/**
 * What is thrown while components are drawn leaves the tree half changed: without a boundary every later change of
 * anything, the header's too, fails with "insertBefore: not a child of this node".
 */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static override getDerivedStateFromError(error: unknown): BoundaryState {
    return { error };
  }

  /** The console hears of it as of any other error. */
  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Broken error={error} onAgain={() => this.setState({ error: undefined })} />;
  }
}

function Broken({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const text = useText("shell");
  return (
    <div class="page" role="alert">
      <p>{text.pageBroke(error instanceof Error ? error.message : String(error))}</p>
      <button type="button" onClick={onAgain}>
        {text.showAgain}
      </button>
    </div>
  );
}
