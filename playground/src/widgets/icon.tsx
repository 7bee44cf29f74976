// Small pictures for buttons, drawn so that no font needs to have them.

export type IconName =
  | "restart"
  | "dice"
  | "back"
  | "play"
  | "pause"
  | "step"
  | "close"
  | "undo"
  | "redo"
  | "menu";

const PATHS: Readonly<Record<IconName, string>> = {
  restart: "M4 4v12M16 4 7 10l9 6Z",
  dice: "M4 4h12v12H4ZM7.5 7.5h.01M12.5 7.5h.01M10 10h.01M7.5 12.5h.01M12.5 12.5h.01",
  back: "M14 4 5 10l9 6Z",
  play: "M6 4l10 6-10 6Z",
  pause: "M7 4v12M13 4v12",
  step: "M4 4l9 6-9 6ZM16 4v12",
  close: "M5 5l10 10M15 5 5 15",
  undo: "M7 4 3 8l4 4M3 8h8a5 5 0 0 1 0 9H7",
  menu: "M3 5h14M3 10h14M3 15h14",
  redo: "M13 4l4 4-4 4M17 8H9a5 5 0 0 0 0 9h4",
};

export function Icon({ name }: { readonly name: IconName }) {
  const isFilled = name === "back" || name === "play" || name === "restart" || name === "step";
  return (
    <svg class="icon-picture" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} fill={isFilled ? "currentColor" : "none"} />
    </svg>
  );
}
