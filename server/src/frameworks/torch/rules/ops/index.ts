/** Loads every file of rules for `torch`, `Tensor` and `torch.nn.functional` into the table. */
import "./activations.ts";
import "./attention.ts";
import "./conversion.ts";
import "./convolution.ts";
import "./creation.ts";
import "./diagonals.ts";
import "./einsum.ts";
import "./elementwise.ts";
import "./joining.ts";
import "./linalg.ts";
import "./losses.ts";
import "./normalization.ts";
import "./products.ts";
import "./reductions.ts";
import "./resampling.ts";
import "./selection.ts";
import "./sorting.ts";
import "./spectral.ts";
import "./views.ts";
import "./calculus.ts";
import "./factorizations.ts";
import "./native.ts";
import "./recurrent.ts";
import "./special.ts";
import "./copies.ts";

export { type IndexItem, indexTensor } from "./indexing.ts";
export { canonicalKeywords } from "./keywords.ts";
