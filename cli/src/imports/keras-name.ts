// Which files are of Keras and TF.js, by their names, and what is said of them: what reads them is loaded only then.

export interface KerasFlags {
  readonly out: string;
  readonly into?: string;
  readonly data?: string;
  readonly input?: readonly number[];
  readonly rescale?: number;
  readonly overwrite?: boolean;
}

/** True for names of files that Keras and TF.js write. */
export const isKerasFile = (path: string): boolean => /\.(keras|h5|hdf5|json)$/i.test(path);
