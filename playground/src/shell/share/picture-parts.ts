// A picture that is made of elements over a canvas, as the drawing of a network: its maps and words, where they stand.

/** Points of a picture for each of the page, so that it is sharp on a projector. */
export const SHARPNESS = 2;

/** Paints maps, grounds and words of a frame over what is there already. */
export function paintParts(pen: CanvasRenderingContext2D, frame: Element, painted: Element): void {
  const origin = frame.getBoundingClientRect();
  const placed = ({ left, top, width, height }: DOMRect) =>
    [left - origin.left, top - origin.top, width, height].map((x) => x * SHARPNESS) as [
      x: number,
      y: number,
      width: number,
      height: number,
    ];
  for (const map of frame.querySelectorAll("canvas")) {
    if (map !== painted) pen.drawImage(map, ...placed(map.getBoundingClientRect()));
  }
  const words = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const word = words.currentNode as Text;
    const around = word.parentElement!;
    if (word.data.trim() === "" || around.closest(".visually-hidden")) continue;
    const look = getComputedStyle(around);
    pen.fillStyle = look.backgroundColor;
    pen.fillRect(...placed(around.getBoundingClientRect()));
    const range = document.createRange();
    range.selectNodeContents(word);
    const [x, y, width, height] = placed(range.getBoundingClientRect());
    pen.font = `${look.fontWeight} ${Number.parseFloat(look.fontSize) * SHARPNESS}px ${look.fontFamily}`;
    pen.fillStyle = look.color;
    pen.textBaseline = "middle";
    pen.fillText(word.data, x, y + height / 2, width);
  }
}
