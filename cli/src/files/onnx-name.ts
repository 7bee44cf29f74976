// Which files are ONNX models, by their names: what reads them is loaded only then.

/** True for the name of an ONNX file. */
export const isOnnxFile = (path: string): boolean => /\.onnx$/i.test(path);
