// How the input of a network is looked at as a picture: [height, width, channels].

import { count, type Kind, listOf } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import type { Shape } from "../../shapes/index.ts";

/** [height, width, channels] */
export type PictureShape = readonly [height: number, width: number, channels: number];

export const PICTURE: Kind<PictureShape> = {
  says: "a picture's [height, width, channels]",
  fits: (value) => listOf(count).fits(value) && (value as unknown[]).length === 3,
};

/**
 * The shape of the picture that inputs of a shape are: as they say it, as asked for, or a square of one
 * channel where their number is one, as 784 = 28 x 28.
 * @throws ShapeError for what is no picture
 */
export function pictureShape(where: string, input: Shape, asked?: PictureShape): PictureShape {
  if (asked !== undefined) {
    if (!PICTURE.fits(asked)) {
      throw new ArgumentError(`${where}: expected picture to be ${PICTURE.says}`);
    }
    if (sizeOf(asked) === sizeOf(input)) return asked;
    throw new ShapeError(
      `${where}: a picture ${showShape(asked)} has ${sizeOf(asked)} numbers, an example ${showShape(input)} has ${sizeOf(input)}`,
    );
  }
  if (input.length === 3) return input as PictureShape;
  if (input.length === 2) return [input[0]!, input[1]!, 1];
  const side = Math.round(Math.sqrt(sizeOf(input)));
  if (input.length === 1 && side > 2 && side * side === input[0]) return [side, side, 1];
  throw new ShapeError(
    `${where}: expected a model that reads pictures, received one that reads examples ${showShape(input)}; ` +
      "say picture: [height, width, channels] if they are pictures",
  );
}
