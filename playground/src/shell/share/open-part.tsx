// Files that are opened: chosen, or dropped on the dialog.

import { useApp, useText } from "../../app/index.ts";
import { openFiles } from "./open-file.ts";

export function OpenPart({ onOpened }: { readonly onOpened: () => void }) {
  const app = useApp();
  const text = useText("share");
  const take = async (files: FileList | null | undefined) => {
    if (files && (await openFiles(app, [...files], text))) onOpened();
  };
  return (
    <section
      aria-labelledby="share-open"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files);
      }}
    >
      <h3 id="share-open">{text.open}</h3>
      <p class="hint">{text.openHelp}</p>
      <label class="file-field">
        {text.choose}
        <input
          type="file"
          multiple
          accept=".json,.safetensors"
          onChange={(event) => void take(event.currentTarget.files)}
        />
      </label>
    </section>
  );
}
