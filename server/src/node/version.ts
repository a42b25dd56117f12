/** The version that this program was built as. */

/** Put in by the bundler. */
declare const PARAMLENS_VERSION: string | undefined;

export const version = typeof PARAMLENS_VERSION === "string" ? PARAMLENS_VERSION : "0.0.0-source";
