/** Dropout in its kinds: the shape stays. */
import { violate } from "../../../rules/index.ts";
import { requireRank } from "../geometry/checks.ts";
import { torchRules } from "../table.ts";

for (const name of ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"]) {
  torchRules.layer(`torch.nn.${name}`, {
    sig: "p: float = 0.5, inplace = False",
    check: (a) => {
      if (a.p < 0 || a.p > 1) violate("bad-argument", `${name}: p must lie between 0 and 1, got ${a.p}`);
    },
    essentials: (a) => `p ${a.p}`,
    output: (_a, x) => {
      // The others take any rank, at the latest in evaluation mode.
      if (name === "Dropout1d") requireRank(name, x.input, [2, 3]);
      return x.input;
    },
  });
}
