// The button of the header that opens the dialog, and what a class link hides.

import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { useApp, useText } from "../../app/index.ts";

type Dialog = ComponentType<{ readonly onClose: () => void }>;

export function ShareButton() {
  const app = useApp();
  const text = useText("shell");
  const [opened, setOpened] = useState<{ readonly Dialog: Dialog } | null>(null);
  const open = async () => {
    const [{ ShareDialog }] = await Promise.all([
      import("./share-dialog.tsx"),
      app.loadTexts(["share"]),
    ]);
    setOpened({ Dialog: ShareDialog });
  };
  return (
    <>
      <button type="button" class="share" data-what="share" onClick={() => void open()}>
        {text.share}
      </button>
      {opened && <opened.Dialog onClose={() => setOpened(null)} />}
    </>
  );
}
