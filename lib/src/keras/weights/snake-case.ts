// Names of classes as Keras makes names of layers from them.

/** "MaxPooling2D" to "max_pooling2d", "PReLU" to "p_re_lu". */
export function snakeCase(className: string): string {
  return className
    .replaceAll(/\W+/g, "")
    .replaceAll(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
