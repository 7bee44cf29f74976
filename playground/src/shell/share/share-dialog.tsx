// The dialog that shares, exports and opens. It is loaded when it is first asked for.

import { useEffect, useRef } from "preact/hooks";
import { useText } from "../../app/index.ts";
import { ExportPart } from "./export-part.tsx";
import { LinkPart } from "./link-part.tsx";
import { OpenPart } from "./open-part.tsx";
import "./share.css";

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText("share");
  const shell = useText("shell");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} class="share-dialog" aria-labelledby="share-title" onClose={onClose}>
      <div class="share-head">
        <h2 id="share-title">{text.title}</h2>
        <button type="button" onClick={close}>
          {shell.close}
        </button>
      </div>
      <LinkPart />
      <ExportPart />
      <OpenPart onOpened={close} />
    </dialog>
  );
}
